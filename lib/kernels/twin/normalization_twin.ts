import type { NormalizationKernels, NormGradientTensors } from "../contract/normalization_kernels.ts";
import type { Tensor } from "../contract/tensor.ts";
import type { Arithmetic } from "./arithmetic.ts";

/** The twin's batch and layer normalization. */
export function normalizationTwin({ round }: Arithmetic): NormalizationKernels {
  return { ...batchNormTwin(round), ...layerNormTwin(round) };
}

type Round = Arithmetic["round"];

type BatchNorm = "batchNormTrain" | "batchNormTest" | "batchNormGradient";

function batchNormTwin(round: Round): Pick<NormalizationKernels, BatchNorm> {
  return {
    batchNormTrain({ momentum, epsilon, ...t }) {
      const { rows: n, cols } = t.x;
      const keep = round(momentum);
      const take = round(1 - momentum);
      const eps = round(epsilon);
      return () => {
        for (let j = 0; j < cols; j++) {
          const at = (i: number) => i * cols + j;
          const mean = round(sumInOrder(n, (i) => t.x.data[at(i)], round) / n);
          const centred = (i: number) => round(t.x.data[at(i)] - mean);
          const variance = round(sumInOrder(n, (i) => round(centred(i) * centred(i)), round) / n);
          const inverse = round(1 / round(Math.sqrt(round(variance + eps))));
          for (let i = 0; i < n; i++) {
            const normalized = round(centred(i) * inverse);
            t.normalized.data[at(i)] = normalized;
            t.out.data[at(i)] = round(round(t.gamma.data[j] * normalized) + t.beta.data[j]);
          }
          t.inverseDeviation.data[j] = inverse;
          t.runningMean.data[j] = round(round(keep * t.runningMean.data[j]) + round(take * mean));
          t.runningVariance.data[j] = round(round(keep * t.runningVariance.data[j]) + round(take * variance));
        }
      };
    },

    batchNormTest({ x, gamma, beta, runningMean, runningVariance, out, epsilon }) {
      const eps = round(epsilon);
      return () => {
        for (let j = 0; j < x.cols; j++) {
          const inverse = round(1 / round(Math.sqrt(round(runningVariance.data[j] + eps))));
          for (let k = j; k < x.data.length; k += x.cols) {
            const normalized = round(round(x.data[k] - runningMean.data[j]) * inverse);
            out.data[k] = round(round(gamma.data[j] * normalized) + beta.data[j]);
          }
        }
      };
    },

    batchNormGradient: (t) => () => {
      const { rows: n, cols } = t.dy;
      sumParameterGradients(t, round);
      for (let j = 0; j < cols; j++) {
        const scale = round(round(t.gamma.data[j] * t.inverseDeviation.data[j]) / n);
        for (let k = j; k < t.dy.data.length; k += cols) {
          const spread = round(t.normalized.data[k] * t.dGamma.data[j]);
          t.out.data[k] = round(scale * round(round(round(n * t.dy.data[k]) - t.dBeta.data[j]) - spread));
        }
      }
    },
  };
}

function layerNormTwin(round: Round): Omit<NormalizationKernels, BatchNorm> {
  return {
    layerNorm({ x, gamma, beta, normalized, inverseDeviation, out, epsilon }) {
      const eps = round(epsilon);
      return () => {
        for (let i = 0; i < x.rows; i++) {
          const start = i * x.cols;
          const mean = round(sumInLanes(x.cols, (j) => x.data[start + j], round) / x.cols);
          const centred = (j: number) => round(x.data[start + j] - mean);
          const variance = round(sumInLanes(x.cols, (j) => round(centred(j) * centred(j)), round) / x.cols);
          const inverse = round(1 / round(Math.sqrt(round(variance + eps))));
          inverseDeviation.data[i] = inverse;
          for (let j = 0; j < x.cols; j++) {
            const value = round(centred(j) * inverse);
            normalized.data[start + j] = value;
            out.data[start + j] = round(round(gamma.data[j] * value) + beta.data[j]);
          }
        }
      };
    },

    layerNormGradient: (t) => () => {
      const { rows, cols } = t.dy;
      sumParameterGradients(t, round);
      for (let i = 0; i < rows; i++) {
        const start = i * cols;
        const scaled = (j: number) => round(t.dy.data[start + j] * t.gamma.data[j]);
        const sum = sumInLanes(cols, scaled, round);
        const spread = sumInLanes(cols, (j) => round(scaled(j) * t.normalized.data[start + j]), round);
        const scale = round(t.inverseDeviation.data[i] / cols);
        for (let j = 0; j < cols; j++) {
          const inner = round(
            round(round(cols * scaled(j)) - sum) - round(t.normalized.data[start + j] * spread),
          );
          t.out.data[start + j] = round(scale * inner);
        }
      }
    },
  };
}

/** Sums terms from the first to the last, from +0. */
function sumInOrder(count: number, term: (i: number) => number, round: Round): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum = round(sum + term(i));
  return sum;
}

/** Sums terms into four partial sums, term j into sum j mod 4, and then those in pairs. */
function sumInLanes(count: number, term: (j: number) => number, round: Round): number {
  const lane = (first: number) => {
    let sum = 0;
    for (let j = first; j < count; j += 4) sum = round(sum + term(j));
    return sum;
  };
  return round(round(lane(0) + lane(1)) + round(lane(2) + lane(3)));
}

/** Writes the gradients of gamma and beta, the same for both normalizations. */
function sumParameterGradients({ dy, normalized, dGamma, dBeta }: NormGradientTensors, round: Round): void {
  for (let j = 0; j < dy.cols; j++) {
    dBeta.data[j] = sumInOrder(dy.rows, (i) => at(dy, i, j), round);
    dGamma.data[j] = sumInOrder(dy.rows, (i) => round(at(dy, i, j) * at(normalized, i, j)), round);
  }
}

function at(tensor: Tensor, i: number, j: number): number {
  return tensor.data[i * tensor.cols + j];
}
