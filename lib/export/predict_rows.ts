import type { StoredRows } from "../kernels/tensor.ts";
import { bestClass, bestProbability, bindScores } from "../nn/accuracy.ts";
import type { TrainedModel } from "./trained_model.ts";

/** What a model makes of a row. */
export interface RowPrediction {
  /** The class with the highest score, the first of equal ones, by its number. */
  readonly label: number;
  /** Softmax of the scores at that class, in (0, 1]. */
  readonly probability: number;
}

/** Rows at once; the predictions do not depend on it. */
const BATCH_SIZE = 256;

/** Returns what a model makes of rows of raw features, `[any, inputDim]`; the same bits as when it was tested. */
export function predictRows({ net, mean }: TrainedModel, x: StoredRows): readonly RowPrediction[] {
  const n = x.length / net.inputDim;
  const means = net.kernels.tensor(1, net.inputDim);
  means.data.set(mean);
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  // Nobody asks how good the predictions are, so that the labels may be any.
  const split = { n, x, labels: new Int32Array(n) };
  const predictions: RowPrediction[] = [];
  bindScores(net, {
    split,
    splitName: "the rows to predict",
    mean: means,
    rows,
    batchSize: Math.min(n, BATCH_SIZE),
  })((_row, scores, i) => {
    const label = bestClass(scores, i);
    predictions.push({ label, probability: bestProbability(scores, { row: i, best: label }) });
  });
  return predictions;
}
