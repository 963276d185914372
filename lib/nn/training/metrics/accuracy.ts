import { exp } from "../../../core/numbers/exp_log.ts";
import type { Split } from "../../../data/base/dataset.ts";
import type { Measurement } from "../../../kernels/contract/operation.ts";
import type { Tensor } from "../../../kernels/contract/tensor.ts";
import type { FullyConnectedNet } from "../../net/fully_connected_net.ts";
import { largestOf } from "../../net/hidden_overflow.ts";
import { NotFiniteError } from "../../net/not_finite_error.ts";

/** Options of {@link bindAccuracy} and {@link bindScores}. */
export interface AccuracyOptions {
  readonly split: Split;
  /** The name of the split in messages, such as "the validation split". */
  readonly splitName: string;
  /** The training split's mean, `[1, inputDim]`, in the net's memory. */
  readonly mean: Tensor;
  /** The numbers of the rows to predict, `[any]`. */
  readonly rows: Int32Array;
  /** Rows per batch; the result does not depend on it. */
  readonly batchSize: number;
  /** Called before every batch. Default: no call. */
  readonly onBatch?: () => void;
}

/** Receives a row's number in the split, and its scores, row i of `[batchSize, numClasses]`. */
export type ScoresVisitor = (row: number, scores: Tensor, i: number) => void;

/**
 * Binds the accuracy of a net on some rows of a split: the fraction whose label has the highest score. Of equal
 * scores the first counts. It throws as {@link bindScores} does.
 */
export function bindAccuracy(net: FullyConnectedNet, options: AccuracyOptions): Measurement {
  const { split: { labels }, rows } = options;
  const visitScores = bindScores(net, options);
  let correct = 0;
  const count: ScoresVisitor = (row, scores, i) => {
    if (bestClass(scores, i) === labels[row]) correct++;
  };
  return () => {
    correct = 0;
    visitScores(count);
    return correct / rows.length;
  };
}

/**
 * Binds the scores of a net for some rows of a split at test time; they are visited row by row.
 *
 * The visit throws a {@link NotFiniteError} at a row whose scores are not all finite: no comparison with NaN is true,
 * so that such a row would count as class 0.
 */
export function bindScores(
  net: FullyConnectedNet,
  options: AccuracyOptions,
): (visit: ScoresVisitor) => void {
  const { split, splitName, mean, rows, batchSize, onBatch = () => {} } = options;
  const pass = net.pass(batchSize);
  const indices = net.kernels.indices(batchSize);
  const gather = net.kernels.gather({ rows: split.x, mean, indices, out: pass.x });
  const { hiddenOverflow } = pass;
  let largest: number | null = null;
  return (visit) => {
    largest ??= largestInput(split, mean);
    const mayOverflow = hiddenOverflow.isPossible(largest);
    for (let start = 0; start < rows.length; start += batchSize) {
      onBatch();
      const count = Math.min(batchSize, rows.length - start);
      // The last batch is filled up with copies of its first row; they are not visited.
      for (let i = 0; i < batchSize; i++) indices.data[i] = rows[start + (i < count ? i : 0)];
      gather();
      pass.forward("test");
      const notFinite = pass.findNotFinite(count) ?? (mayOverflow ? hiddenOverflow.find(count) : null);
      if (notFinite !== null) {
        const row = rows[start + notFinite.place];
        throw new NotFiniteError(notFinite, { row, rows: splitName, lines: split.lines });
      }
      for (let i = 0; i < count; i++) visit(rows[start + i], pass.scores, i);
    }
  };
}

/** Returns a bound on the absolute values of a split after subtraction of the mean. */
function largestInput({ x }: Split, mean: Tensor): number {
  return (x instanceof Uint8Array ? 255 : largestOf({ data: x })) + largestOf(mean);
}

/** Returns the class with the highest score of a row, the first of equal ones. */
export function bestClass({ data, cols }: Tensor, row: number): number {
  let best = 0;
  for (let j = 1; j < cols; j++) if (data[row * cols + j] > data[row * cols + best]) best = j;
  return best;
}

/**
 * Returns the softmax probability of a row's best class, in (0, 1].
 *
 * The sum is float64, from the first class to the last.
 */
export function bestProbability({ data, cols }: Tensor, { row, best }: RowClass): number {
  let sum = 0;
  for (let j = 0; j < cols; j++) sum += exp(data[row * cols + j] - data[row * cols + best]);
  return 1 / sum;
}

/** A row of scores, and its {@link bestClass}. */
export interface RowClass {
  readonly row: number;
  readonly best: number;
}
