import type { Kernels } from "../../kernels/contract/kernels.ts";
import type { Activation, Layer, Parameter } from "./layer.ts";
import { NORMALIZATION_EPSILON } from "./normalization_epsilon.ts";

export interface LayerNormalizationOptions {
  /** `[n, features]` */
  readonly input: Activation;
  /** `[1, features]` */
  readonly gamma: Parameter;
  /** `[1, features]` */
  readonly beta: Parameter;
}

/**
 * Makes a layer normalization layer (Ba, Kiros and Hinton 2016) with epsilon 1e-5: each row by its own mean and biased
 * variance, the same in training and at test time.
 */
export function layerNormalizationLayer(kernels: Kernels, options: LayerNormalizationOptions): Layer {
  const { input, gamma, beta } = options;
  const { rows, cols } = input.value;
  const out = kernels.tensor(rows, cols);
  const dy = kernels.tensor(rows, cols);
  const normalized = kernels.tensor(rows, cols);
  const inverseDeviation = kernels.tensor(1, rows);
  return {
    output: { value: out, gradient: dy },
    // 1 / sqrt(Infinity) is 0, which turns an overflowed row into finite numbers.
    rowFactors: inverseDeviation,
    forward: kernels.layerNorm({
      x: input.value,
      gamma: gamma.value,
      beta: beta.value,
      normalized,
      inverseDeviation,
      out,
      epsilon: NORMALIZATION_EPSILON,
    }),
    backward: kernels.layerNormGradient({
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
