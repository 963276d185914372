import type { Measurement, Operation } from "./operation.ts";
import type { Indices, StoredRows, Tensor } from "./tensor.ts";

/** Operations on single elements, sums over columns, and the loss. */
export interface ElementwiseKernels {
  /** `out[i] = rows[indices[i]] - mean`, `[n, cols]`: one rounding from the stored values. */
  gather(tensors: GatherTensors): Operation;

  /** `out = x < 0 ? +0 : x`, so that -0 and NaN pass through. `out` may be `x`. */
  relu(tensors: { readonly x: Tensor; readonly out: Tensor }): Operation;

  /** `out = y > 0 ? dy : +0`, where `y` is the output of ReLU. `out` may be `dy`. */
  reluGradient(tensors: { readonly y: Tensor; readonly dy: Tensor; readonly out: Tensor }): Operation;

  /** `out = round(x * y)`. `out` may be `x`. */
  multiply(tensors: { readonly x: Tensor; readonly y: Tensor; readonly out: Tensor }): Operation;

  /** `out = round(out + round(factor * x))`, factor rounded first. */
  addScaled(tensors: { readonly x: Tensor; readonly factor: number; readonly out: Tensor }): Operation;

  /** `out = round(out + (x > 0 ? factor : x < 0 ? -factor : +0))`, factor rounded first. */
  addSigned(tensors: { readonly x: Tensor; readonly factor: number; readonly out: Tensor }): Operation;

  /** `x = x < -limit ? -limit : x > limit ? limit : x`, limit rounded first, so that NaN passes through. */
  clip(tensors: { readonly x: Tensor; readonly limit: number }): Operation;

  /** `out[0, j]` = the sum of column j, from +0 and the first row to the last, `[1, cols]`. */
  columnSums(tensors: { readonly x: Tensor; readonly out: Tensor }): Operation;

  /**
   * Returns the sum of `x * x` in float64.
   *
   * Eight partial sums from +0, element i going to sum i mod 8 in order, and then
   * `((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7))`.
   */
  sumOfSquares(tensors: { readonly x: Tensor }): Measurement;

  /** Returns the sum of `|x|` in float64, in the order of {@link sumOfSquares}. */
  sumOfAbsolutes(tensors: { readonly x: Tensor }): Measurement;

  /** Draws masks for inverted dropout. */
  dropoutMask(tensors: { readonly mask: Tensor; readonly keepRatio: number }): DropoutMask;

  /**
   * Writes the gradient of the mean softmax cross-entropy to `out` and returns that mean, all in float64:
   *
   * for each row from the first, `z = score - max`, `e = exp(z)` and `sum` of e from the first column on, both as
   * `lib/core/numbers/exp_log.ts` has them; `loss += log(sum) - z[label]` from 0;
   * `out = round((e / sum - (1 at the label, else 0)) / n)`. The loss is divided by n at the end.
   *
   * With weights, a row's loss is `weight * (log(sum) - z[label])` and its gradient
   * `out = round((e / sum - (1 at the label, else 0)) * weight / n)`.
   *
   * With smoothing s, of k classes, the target is `(1 - s) + s / k` at the label and `s / k` else, in place of 1 and 0, and
   * a row's loss is `(log(sum) - (1 - s) * z[label]) - (s / k) * (the sum of z from the first column on)`.
   */
  softmaxCrossEntropy(tensors: SoftmaxCrossEntropyTensors): Measurement;

  /**
   * Writes the gradient of the mean loss over all elements to `out` and returns that mean, all in float64: for each element,
   * row by row, with `s` the output, `t` the target and `N` the number of elements, `loss += l` from 0 and
   * `out = round(g / N)`. The loss is divided by N at the end.
   *
   * - sigmoid: `l = ((s > 0 ? s : 0) - s * t) + log(1 + exp(-|s|))`, `g = sigmoid(s) - t`, as `lib/core/numbers` has them
   * - squared: `d = s - t`, `l = d * d`, `g = 2 * d`
   * - huber: `d = s - t`; `l = 0.5 * (d * d)` where `|d| <= delta`, else `delta * (|d| - 0.5 * delta)`; and
   *   `g = d > delta ? delta : d < -delta ? -delta : d`
   *
   * With weights, an element's loss is `l * weight` and its gradient `out = round(g * weight / N)`.
   */
  targetLoss(tensors: TargetLossTensors): Measurement;
}

/** A loss that compares outputs with targets, element by element. */
export type TargetLossName = "sigmoid" | "squared" | "huber";

export interface TargetLossTensors {
  readonly name: TargetLossName;
  /** Where the loss of huber becomes linear, above 0; the others do not read it. */
  readonly delta: number;
  /** `[n, numOutputs]` */
  readonly outputs: Tensor;
  /** `[n, numOutputs]` */
  readonly targets: Tensor;
  /** `[1, n]`. Default: rows have no weights. */
  readonly weights?: Tensor;
  /** `[n, numOutputs]` */
  readonly out: Tensor;
}

export interface GatherTensors {
  /** The stored rows, `[any, cols]`, of the type in which the data set holds them. */
  readonly rows: StoredRows;
  /** `[1, cols]` */
  readonly mean: Tensor;
  /** `[n]`, each below the number of stored rows. */
  readonly indices: Indices;
  /** `[n, cols]` */
  readonly out: Tensor;
}

export interface SoftmaxCrossEntropyTensors {
  /** `[n, numClasses]` */
  readonly scores: Tensor;
  /** `[n]`, each below numClasses. */
  readonly labels: Indices;
  /** `[1, n]`. Default: rows have no weights. */
  readonly weights?: Tensor;
  /** Above 0 and below 1. Default: targets are not smoothed. */
  readonly smoothing?: number;
  /** `[n, numClasses]` */
  readonly out: Tensor;
}

/** The masks of one dropout layer, drawn from one stream at a time. */
export interface DropoutMask {
  /** Starts the stream of a path (`openStream` in `lib/core/numbers/random.ts` says what a path is). */
  restart(path: string): void;

  /**
   * Fills the mask in order, one 32-bit draw an element: `round(1 / keepRatio)` where `draw < keepRatio * 2^32`
   * (compared in float64), else +0.
   */
  draw(): void;
}
