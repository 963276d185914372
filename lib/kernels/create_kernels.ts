import type { DType } from "../core/dtype.ts";
import type { Kernels } from "./kernels.ts";
import { createTwin } from "./twin/twin.ts";

/** Makes the kernels that train a net of the given precision. */
export function createKernels({ dtype }: { readonly dtype: DType }): Kernels {
  return createTwin(dtype);
}
