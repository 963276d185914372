import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import { prepareKernels } from "../../experiment/trial/prepare_kernels.ts";

/** Returns whether a worker with these kernels may compute in machine code. */
export function mayUseMachineCode(kernels: KernelKind | undefined): boolean {
  return kernels === undefined || kernels === "native";
}

/**
 * Looks up the system functions that native kernels need, and revokes the worker's permission: from then on no code
 * in it can load a library. Code for later shapes can still be mapped, by the functions that were looked up.
 */
export function holdMachineCode(kernels: KernelKind | undefined): void {
  if (!mayUseMachineCode(kernels)) return;
  prepareKernels(kernels);
  Deno.permissions.revokeSync({ name: "ffi" });
}
