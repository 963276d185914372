import { UnpredictableError } from "../core/check/errors.ts";
import type { StoredRows } from "../kernels/contract/tensor.ts";
import { NotFiniteError } from "../nn/net/not_finite_error.ts";
import {
  bestClass,
  bestProbability,
  bindScores,
  type ScoresVisitor,
} from "../nn/training/metrics/accuracy.ts";
import type { TrainedModel } from "./trained_model.ts";

/** The prediction of a model for a row. */
export interface RowPrediction {
  /** Index of the class with the highest score, the first of equal ones. */
  readonly label: number;
  /** Softmax of the scores at that class, in (0, 1]. */
  readonly probability: number;
}

/** Rows per batch; the predictions do not depend on it. */
const BATCH_SIZE = 256;

/** Rows to predict. */
export interface PredictRowsOptions {
  /** Raw features, `[any, inputDim]`. */
  readonly x: StoredRows;
  /** Returns the name of a row in messages from its index. */
  readonly rowName: (row: number) => string;
}

/**
 * Returns the predictions of a model for rows, with the same bits as on the test split.
 *
 * @throws {UnpredictableError} If a score is not finite.
 */
export function predictRows(model: TrainedModel, options: PredictRowsOptions): readonly RowPrediction[] {
  const predictions: RowPrediction[] = [];
  visitRows(model, {
    ...options,
    visit(_row, scores, i) {
      const label = bestClass(scores, i);
      predictions.push({ label, probability: bestProbability(scores, { row: i, best: label }) });
    },
  });
  return predictions;
}

/** Options of {@link visitRows}. */
export interface VisitRowsOptions extends PredictRowsOptions {
  readonly visit: ScoresVisitor;
}

/**
 * Visits the scores that a model gives to rows, in their order.
 *
 * @throws {UnpredictableError} If a score is not finite.
 */
export function visitRows({ facts, net, mean }: TrainedModel, { x, rowName, visit }: VisitRowsOptions): void {
  const n = x.length / net.inputDim;
  const means = net.kernels.tensor(1, net.inputDim);
  means.data.set(mean);
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  // No accuracy is measured, so that the labels do not matter.
  const split = { n, x, labels: new Int32Array(n) };
  const visitScores = bindScores(net, {
    ...facts.targets === undefined ? {} : { targets: facts.targets },
    split,
    splitName: "the rows to predict",
    mean: means,
    rows,
    batchSize: Math.min(n, BATCH_SIZE),
  });
  try {
    visitScores(visit);
  } catch (error) {
    if (!(error instanceof NotFiniteError)) throw error;
    throw new UnpredictableError(
      `Cannot predict ${rowName(error.row)}: every score must be finite, but ${error.found}; ` +
        "its features are too large for the net",
    );
  }
}
