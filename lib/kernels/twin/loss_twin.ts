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

function rowLoss(row: number, { scores, labels, weights, out, exponentials, round }: RowLoss): number {
  const { rows, cols } = scores;
  const start = row * cols;
  const label = labels.data[row];
  let max = scores.data[start];
  for (let j = 1; j < cols; j++) if (scores.data[start + j] > max) max = scores.data[start + j];
  let sum = 0;
  for (let j = 0; j < cols; j++) {
    exponentials[j] = exp(scores.data[start + j] - max);
    sum += exponentials[j];
  }
  // A product with 1 changes no bit.
  const weight = weights === undefined ? 1 : weights.data[row];
  for (let j = 0; j < cols; j++) {
    out.data[start + j] = round((exponentials[j] / sum - (j === label ? 1 : 0)) * weight / rows);
  }
  return (log(sum) - (scores.data[start + label] - max)) * weight;
}
