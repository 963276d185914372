import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import { findKernels } from "../../kernels/create_kernels.ts";

/**
 * Returns which kernels compute in this process where those of a kind are asked for, or the best that there are.
 *
 * It looks up what they need of the process, so that a worker can give up its permissions before its first trial.
 *
 * @throws {InputError} If there are no kernels of that kind here.
 */
export function prepareKernels(kind?: KernelKind): KernelKind {
  return findKernels(kind).kind;
}
