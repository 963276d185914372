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
 * Biases, gamma and beta are left alone, as in cs231n; PyTorch's `weight_decay` takes them too, and lacks the 0.5 in
 * the loss only because it never adds the penalty there.
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
