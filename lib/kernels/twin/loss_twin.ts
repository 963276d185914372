import { exp, log } from "../../core/numbers/exp_log.ts";
import type { ElementwiseKernels, SoftmaxCrossEntropyTensors } from "../contract/elementwise_kernels.ts";
import type { Arithmetic } from "./arithmetic.ts";

/** The twin's softmax cross-entropy. */
export function lossTwin({ round }: Arithmetic): Pick<ElementwiseKernels, "softmaxCrossEntropy"> {
  return {
    softmaxCrossEntropy(tensors) {
      const exponentials = new Float64Array(tensors.scores.cols);
      return () => {
        let loss = 0;
        for (let i = 0; i < tensors.scores.rows; i++) loss += rowLoss(i, { ...tensors, exponentials, round });
        return loss / tensors.scores.rows;
      };
    },
  };
}

interface RowLoss extends SoftmaxCrossEntropyTensors {
  readonly exponentials: Float64Array;
  readonly round: Arithmetic["round"];
}

function rowLoss(row: number, options: RowLoss): number {
  const { scores, labels, weights, smoothing = 0, out, exponentials, round } = options;
  const { rows, cols } = scores;
  const start = row * cols;
  const label = labels.data[row];
  let max = scores.data[start];
  for (let j = 1; j < cols; j++) if (scores.data[start + j] > max) max = scores.data[start + j];
  let [sum, total] = [0, 0];
  for (let j = 0; j < cols; j++) {
    const z = scores.data[start + j] - max;
    exponentials[j] = exp(z);
    sum += exponentials[j];
    total += z;
  }
  // A product with 1 changes no bit.
  const weight = weights === undefined ? 1 : weights.data[row];
  const share = smoothing / cols;
  const own = (1 - smoothing) + share;
  for (let j = 0; j < cols; j++) {
    out.data[start + j] = round((exponentials[j] / sum - (j === label ? own : share)) * weight / rows);
  }
  const z = scores.data[start + label] - max;
  // Without smoothing, 0 times an infinite sum would be NaN.
  const loss = smoothing === 0 ? log(sum) - z : (log(sum) - (1 - smoothing) * z) - share * total;
  return loss * weight;
}
