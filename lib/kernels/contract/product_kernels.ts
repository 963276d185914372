import type { Operation } from "./operation.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Matrix products.
 *
 * Every element is one chain over the inner dimension, from its first index to its last, starting at +0:
 * `sum = fma(a, b, sum)`. In float32 each step is one IEEE 754 fused multiply-add, rounded once. In float64 each
 * step rounds the product and then the sum, since no engine offers a fused one.
 */
export interface ProductKernels {
  /** `out = x * weights + bias`, the bias added after the chain; with `relu`, then ReLU as {@link relu} has it. */
  affine(tensors: AffineTensors): Operation;

  /** `out = transpose(x) * dy`, the chain running over the rows of the batch. */
  weightGradient(tensors: WeightGradientTensors): Operation;

  /** `out = dy * transpose(weights)`, the chain running over the outputs. */
  inputGradient(tensors: InputGradientTensors): Operation;
}

export interface AffineTensors {
  /** `[n, fanIn]` */
  readonly x: Tensor;
  /** `[fanIn, fanOut]` */
  readonly weights: Tensor;
  /** `[1, fanOut]` */
  readonly bias: Tensor;
  /** `[n, fanOut]` */
  readonly out: Tensor;
  readonly relu: boolean;
}

export interface WeightGradientTensors {
  /** `[n, fanIn]` */
  readonly x: Tensor;
  /** `[n, fanOut]` */
  readonly dy: Tensor;
  /** `[fanIn, fanOut]` */
  readonly out: Tensor;
}

export interface InputGradientTensors {
  /** `[n, fanOut]` */
  readonly dy: Tensor;
  /** `[fanIn, fanOut]` */
  readonly weights: Tensor;
  /** `[n, fanIn]` */
  readonly out: Tensor;
}
