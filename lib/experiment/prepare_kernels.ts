import type { KernelKind } from "../core/kernel_kind.ts";
import { requireNative } from "../kernels/create_kernels.ts";

/**
 * Looks up what kernels need of this process, so that a worker can give up its permissions before its first trial. Other
 * kinds need nothing, and a run waits for nothing.
 *
 * @throws {InputError} If there are no kernels of that kind here.
 */
export function prepareKernels(kind: KernelKind | undefined): void {
  if (kind === "native") requireNative();
}
