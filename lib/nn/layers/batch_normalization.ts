import type { Kernels } from "../../kernels/contract/kernels.ts";
import type { Tensor } from "../../kernels/contract/tensor.ts";
import type { Activation, Layer, Parameter } from "./layer.ts";
import { NORMALIZATION_EPSILON } from "./normalization_epsilon.ts";

export interface BatchNormalizationOptions {
  /** `[n, features]` */
  readonly input: Activation;
  /** `[1, features]` */
  readonly gamma: Parameter;
  /** `[1, features]` */
  readonly beta: Parameter;
  readonly running: RunningAverages;
}

/** The statistics that batch normalization uses at test time, both `[1, features]`. */
export interface RunningAverages {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/**
 * Makes a batch normalization layer (Ioffe and Szegedy 2015) with epsilon 1e-5 and momentum 0.9.
 *
 * As in cs231n: `running = 0.9 * running + 0.1 * batch`, both from 0, and the biased variance throughout. PyTorch calls
 * the same momentum 0.1, starts the running variance at 1 and feeds it the unbiased variance; Keras defaults to
 * momentum 0.99 and epsilon 1e-3.
 */
export function batchNormalizationLayer(kernels: Kernels, options: BatchNormalizationOptions): Layer {
  const { input, gamma, beta, running } = options;
  const { rows, cols } = input.value;
  const out = kernels.tensor(rows, cols);
  const dy = kernels.tensor(rows, cols);
  const normalized = kernels.tensor(rows, cols);
  const inverseDeviation = kernels.tensor(1, cols);
  const shared = {
    x: input.value,
    gamma: gamma.value,
    beta: beta.value,
    runningMean: running.mean,
    runningVariance: running.variance,
    out,
    epsilon: NORMALIZATION_EPSILON,
  };
  const train = kernels.batchNormTrain({ ...shared, normalized, inverseDeviation, momentum: 0.9 });
  const test = kernels.batchNormTest(shared);
  return {
    output: { value: out, gradient: dy },
    forward: (mode) => mode === "train" ? train() : test(),
    backward: kernels.batchNormGradient({
      dy,
      gamma: gamma.value,
      normalized,
      inverseDeviation,
      dGamma: gamma.gradient,
      dBeta: beta.gradient,
      out: input.gradient,
    }),
  };
}
