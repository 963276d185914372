import type { DType } from "../../core/numbers/dtype.ts";
import type { ActivationKernels } from "./activation_kernels.ts";
import type { ElementwiseKernels } from "./elementwise_kernels.ts";
import type { NormalizationKernels } from "./normalization_kernels.ts";
import type { OptimizerKernels } from "./optimizer_kernels.ts";
import type { ProductKernels } from "./product_kernels.ts";
import type { Indices, Tensor } from "./tensor.ts";

/**
 * The arithmetic of training, bound to memory: the interface that every implementation keeps.
 *
 * Each method binds an operation to its tensors once, before training, and returns a function that runs it and
 * allocates nothing. Every implementation gives the same bits for the same input, NaN payloads excepted: the
 * order of every sum and the place of every rounding is stated with each operation. `round` below means rounding to the
 * kernels' dtype after each single operation, except where an operation is said to be in float64.
 *
 * Inputs and outputs of one operation may be the same tensor only where it says so. The caller sees to it that shapes
 * fit.
 */
export interface Kernels
  extends ProductKernels, ElementwiseKernels, ActivationKernels, NormalizationKernels, OptimizerKernels {
  readonly dtype: DType;

  /** Lays out a matrix of zeros. */
  tensor(rows: number, cols: number): Tensor;

  /** Lays out a list of zeros. */
  indices(length: number): Indices;

  /** Frees the memory for kernels that are made later. Nothing that was laid out or bound may be used afterwards. */
  free(): void;
}
