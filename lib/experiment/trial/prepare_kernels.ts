import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import { findKernels } from "../../kernels/create_kernels.ts";

/**
 * Returns the kernels that this process uses for a requested kind; without one, the fastest available.
 *
 * It also acquires what they need from the process, so that a worker can revoke its permissions before its first
 * trial.
 *
 * @throws {InputError} If there are no kernels of that kind here.
 */
export function prepareKernels(kind?: KernelKind): KernelKind {
  return findKernels(kind).kind;
}
