/**
 * Which implementation computes; the bits are the same with each.
 *
 * "wasm": WebAssembly, with fused products where this machine has them and exact emulation elsewhere. "emulated":
 * WebAssembly with exact emulation always. "twin": plain TypeScript. Nets in float64 always use the twin.
 */
export type KernelKind = "wasm" | "emulated" | "twin";

/** Every {@link KernelKind}. */
export const KERNEL_KINDS: readonly KernelKind[] = ["wasm", "emulated", "twin"];
