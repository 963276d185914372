import { UnpredictableError } from "../core/check/errors.ts";
import type { StoredRows } from "../kernels/contract/tensor.ts";
import { NotFiniteError } from "../nn/net/not_finite_error.ts";
import { bestClass, bestProbability, bindScores } from "../nn/training/accuracy.ts";
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

/** Rows to predict. */
export interface PredictRowsOptions {
  /** Raw features, `[any, inputDim]`. */
  readonly x: StoredRows;
  /** Returns how a message names a row, by its number from 0. */
  readonly rowName: (row: number) => string;
}

/**
 * Returns what a model makes of rows; the same bits as when it was tested.
 *
 * @throws {UnpredictableError} If a score is not finite.
 */
export function predictRows(
  { net, mean }: TrainedModel,
  { x, rowName }: PredictRowsOptions,
): readonly RowPrediction[] {
  const n = x.length / net.inputDim;
  const means = net.kernels.tensor(1, net.inputDim);
  means.data.set(mean);
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  // Nobody asks how good the predictions are, so that the labels may be any.
  const split = { n, x, labels: new Int32Array(n) };
  const predictions: RowPrediction[] = [];
  const visitScores = bindScores(net, {
    split,
    splitName: "the rows to predict",
    mean: means,
    rows,
    batchSize: Math.min(n, BATCH_SIZE),
  });
  try {
    visitScores((_row, scores, i) => {
      const label = bestClass(scores, i);
      predictions.push({ label, probability: bestProbability(scores, { row: i, best: label }) });
    });
    return predictions;
  } catch (error) {
    if (!(error instanceof NotFiniteError)) throw error;
    throw new UnpredictableError(
      `Cannot predict ${rowName(error.row)}: every score must be finite, but ${error.found}; ` +
        "its features are too large for the net",
    );
  }
}
