/**
 * The implementation that computes; all give the same bits.
 *
 * - "native": products, Adam and the gather of pictures in machine code, all else in WebAssembly. It needs x86-64
 *   with AVX2 or AVX-512, and permission to use `ffi`.
 * - "wasm": WebAssembly, with fused products if the machine has them, and exact emulation otherwise.
 * - "emulated": WebAssembly, always with exact emulation.
 * - "twin": plain TypeScript.
 */
export type KernelKind = "native" | "wasm" | "emulated" | "twin";

/** Every {@link KernelKind}. */
export const KERNEL_KINDS: readonly KernelKind[] = ["native", "wasm", "emulated", "twin"];
