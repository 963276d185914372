import type { Operation } from "./operation.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Batch and layer normalization.
 *
 * Each operation below rounds. A column sum runs from +0 and the first row to the last. A row sum makes four partial
 * sums from +0, column j going to sum j mod 4 in order, and then `(s0 + s1) + (s2 + s3)`.
 */
export interface NormalizationKernels {
  /**
   * Normalizes each column by the batch's own mean and biased variance, and moves the running averages.
   *
   * `mean = columnSum(x) / n`; `variance = columnSum((x - mean) * (x - mean)) / n`;
   * `inverseDeviation = 1 / sqrt(variance + epsilon)`; `normalized = (x - mean) * inverseDeviation`;
   * `out = gamma * normalized + beta`; `running = momentum * running + (1 - momentum) * batch`, where both factors
   * are rounded from float64 first.
   */
  batchNormTrain(tensors: BatchNormTrainTensors): Operation;

  /** `out = gamma * ((x - runningMean) * (1 / sqrt(runningVariance + epsilon))) + beta`. */
  batchNormTest(tensors: BatchNormTestTensors): Operation;

  /**
   * `dBeta = columnSum(dy)`; `dGamma = columnSum(dy * normalized)`;
   * `out = ((gamma * inverseDeviation) / n) * ((n * dy - dBeta) - normalized * dGamma)`.
   */
  batchNormGradient(tensors: NormGradientTensors): Operation;

  /** As {@link batchNormTrain} along rows instead of columns, without running averages. */
  layerNorm(tensors: LayerNormTensors): Operation;

  /**
   * `dBeta` and `dGamma` as in {@link batchNormGradient}; with `g = dy * gamma`,
   * `out = (inverseDeviation / cols) * ((cols * g - rowSum(g)) - normalized * rowSum(g * normalized))`.
   */
  layerNormGradient(tensors: NormGradientTensors): Operation;
}

/** The tensors of both normalizations' forward pass. */
export interface LayerNormTensors {
  /** `[n, cols]` */
  readonly x: Tensor;
  /** `[1, cols]` */
  readonly gamma: Tensor;
  /** `[1, cols]` */
  readonly beta: Tensor;
  /** `[n, cols]`, kept for the gradient. */
  readonly normalized: Tensor;
  /** `[1, cols]` for batch, `[1, n]` for layer normalization; kept for the gradient. */
  readonly inverseDeviation: Tensor;
  /** `[n, cols]` */
  readonly out: Tensor;
  /** Added to the variance. */
  readonly epsilon: number;
}

export interface BatchNormTrainTensors extends LayerNormTensors {
  /** `[1, cols]` */
  readonly runningMean: Tensor;
  /** `[1, cols]` */
  readonly runningVariance: Tensor;
  /** Fraction of the running averages that is kept. */
  readonly momentum: number;
}

export interface BatchNormTestTensors {
  /** `[n, cols]` */
  readonly x: Tensor;
  /** `[1, cols]` */
  readonly gamma: Tensor;
  /** `[1, cols]` */
  readonly beta: Tensor;
  /** `[1, cols]` */
  readonly runningMean: Tensor;
  /** `[1, cols]` */
  readonly runningVariance: Tensor;
  /** `[n, cols]` */
  readonly out: Tensor;
  /** Added to the variance. */
  readonly epsilon: number;
}

export interface NormGradientTensors {
  /** `[n, cols]` */
  readonly dy: Tensor;
  /** `[1, cols]` */
  readonly gamma: Tensor;
  /** `[n, cols]`, as the forward pass left it. */
  readonly normalized: Tensor;
  /** As the forward pass left it. */
  readonly inverseDeviation: Tensor;
  /** `[1, cols]` */
  readonly dGamma: Tensor;
  /** `[1, cols]` */
  readonly dBeta: Tensor;
  /** `[n, cols]`; may be `dy`. */
  readonly out: Tensor;
}
