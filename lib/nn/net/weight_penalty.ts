import type { Kernels } from "../../kernels/contract/kernels.ts";
import type { Measurement, Operation } from "../../kernels/contract/operation.ts";
import type { Parameter } from "../layers/layer.ts";

export interface WeightPenaltyOptions {
  readonly parameters: readonly Parameter[];
  /** Strength of the L2 penalty, from 0 on. */
  readonly reg: number;
  /** Strength of the L1 penalty, from 0 on. */
  readonly regL1: number;
}

/**
 * Binds the penalties: adds `reg * W + regL1 * sign(W)` to every weight matrix's gradient and returns
 * `0.5 * reg * sum(W * W) + regL1 * sum(|W|)`; the sign of 0 is 0.
 *
 * Biases, gamma and beta have no penalty, as in cs231n. PyTorch's `weight_decay` includes them, and its loss has no
 * penalty, hence no factor 0.5.
 */
export function weightPenalty(
  kernels: Kernels,
  { parameters, reg, regL1 }: WeightPenaltyOptions,
): Measurement {
  const weights = parameters.filter(({ isWeight }) => isWeight);
  const l2 = penaltyOf(0.5 * reg, weights, ({ value, gradient }) => ({
    measure: kernels.sumOfSquares({ x: value }),
    pull: kernels.addScaled({ x: value, factor: reg, out: gradient }),
  }));
  if (regL1 === 0) return l2;
  const l1 = penaltyOf(regL1, weights, ({ value, gradient }) => ({
    measure: kernels.sumOfAbsolutes({ x: value }),
    pull: kernels.addSigned({ x: value, factor: regL1, out: gradient }),
  }));
  return () => l2() + l1();
}

interface Term {
  readonly measure: Measurement;
  readonly pull: Operation;
}

function penaltyOf(
  factor: number,
  weights: readonly Parameter[],
  bind: (parameter: Parameter) => Term,
): Measurement {
  if (factor === 0) return () => 0;
  const terms = weights.map(bind);
  return () => {
    let sum = 0;
    for (let i = 0; i < terms.length; i++) {
      terms[i].pull();
      sum += terms[i].measure();
    }
    return factor * sum;
  };
}
