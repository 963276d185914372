import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import { prepareKernels } from "../../experiment/trial/prepare_kernels.ts";

/** Returns whether a worker that is asked for these kernels may compute in machine code. */
export function mayUseMachineCode(kernels: KernelKind | undefined): boolean {
  return kernels === undefined || kernels === "native";
}

/**
 * Looks up what native kernels need of this worker and gives its permission up: from here on no code in it could load a
 * library. Code for shapes that come later is still mapped, by functions that were looked up before.
 */
export function holdMachineCode(kernels: KernelKind | undefined): void {
  if (!mayUseMachineCode(kernels)) return;
  prepareKernels(kernels);
  Deno.permissions.revokeSync({ name: "ffi" });
}
