import type { Kernels } from "../../kernels/contract/kernels.ts";
import type { Measurement } from "../../kernels/contract/operation.ts";
import type { Parameter } from "../layers/layer.ts";

export interface WeightPenaltyOptions {
  readonly parameters: readonly Parameter[];
  /** The penalty's strength, from 0 on. */
  readonly reg: number;
}

/**
 * Binds the L2 penalty: adds `reg * W` to every weight matrix's gradient and returns `0.5 * reg * sum(W * W)`.
 *
 * Biases, gamma and beta have no penalty, as in cs231n. PyTorch's `weight_decay` includes them, and its loss has no
 * penalty, hence no factor 0.5.
 */
export function weightPenalty(kernels: Kernels, { parameters, reg }: WeightPenaltyOptions): Measurement {
  if (reg === 0) return () => 0;
  const terms = parameters.filter(({ isWeight }) => isWeight).map(({ value, gradient }) => ({
    square: kernels.sumOfSquares({ x: value }),
    pull: kernels.addScaled({ x: value, factor: reg, out: gradient }),
  }));
  return () => {
    let sum = 0;
    for (let i = 0; i < terms.length; i++) {
      terms[i].pull();
      sum += terms[i].square();
    }
    return 0.5 * reg * sum;
  };
}
