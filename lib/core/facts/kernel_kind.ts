/**
 * The implementation that computes; all give the same bits.
 *
 * "native": products, Adam and the gather of pictures in machine code, all else in WebAssembly; for x86-64 with AVX2
 * or AVX-512 and a process that may use `ffi`. "wasm": WebAssembly, with fused products where this machine has them
 * and exact emulation elsewhere. "emulated": WebAssembly with exact emulation always. "twin": plain TypeScript.
 */
export type KernelKind = "native" | "wasm" | "emulated" | "twin";

/** Every {@link KernelKind}. */
export const KERNEL_KINDS: readonly KernelKind[] = ["native", "wasm", "emulated", "twin"];
