import { exp } from "../../../core/numbers/exp_log.ts";
import type { Matrix } from "../../../core/numbers/matrix.ts";
import type { Split } from "../../../data/base/dataset.ts";
import type { Targets } from "../../../data/base/targets.ts";
import type { Tensor } from "../../../kernels/contract/tensor.ts";
import type { FullyConnectedNet } from "../../net/fully_connected_net.ts";
import { largestOf } from "../../net/hidden_overflow.ts";
import { NotFiniteError } from "../../net/not_finite_error.ts";

/** Options of {@link bindScores}. */
export interface AccuracyOptions {
  readonly split: Split;
  /** The name of the split in messages, such as "the validation split". */
  readonly splitName: string;
  /** What rows have instead of a class; see `Dataset`. */
  readonly targets?: Targets;
  /** The training split's mean, `[1, inputDim]`, in the net's memory. */
  readonly mean: Tensor;
  /** The numbers of the rows to predict, `[any]`. */
  readonly rows: Int32Array;
  /** Rows per batch; the result does not depend on it. */
  readonly batchSize: number;
  /** Called before every batch. Default: no call. */
  readonly onBatch?: () => void;
}

/** Receives a row's number in the split, and its scores, row i of `[batchSize, numOutputs]`. */
export type ScoresVisitor = (row: number, scores: Matrix, i: number) => void;

/**
 * Binds the scores of a net for some rows of a split at test time; they are visited row by row. One output of two classes is
 * the score of the second; that of the first is 0.
 *
 * The visit throws a {@link NotFiniteError} at a row whose scores are not all finite: no comparison with NaN is true,
 * so that such a row would count as class 0.
 */
export function bindScores(
  net: FullyConnectedNet,
  options: AccuracyOptions,
): (visit: ScoresVisitor) => void {
  const { split, splitName, targets, mean, rows, batchSize, onBatch = () => {} } = options;
  const pass = net.pass(batchSize);
  const indices = net.kernels.indices(batchSize);
  const gather = net.kernels.gather({ rows: split.x, mean, indices, out: pass.x });
  const { hiddenOverflow } = pass;
  const pair = targets === undefined && net.numOutputs === 1 ? pairedScores(pass.scores) : null;
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
      const scores = pair === null ? pass.scores : pair();
      for (let i = 0; i < count; i++) visit(rows[start + i], scores, i);
    }
  };
}

/** Binds the scores of two classes from one output, `[n, 2]`: 0, and the output. */
function pairedScores({ rows, data }: Tensor): () => Matrix {
  const pair = { rows, cols: 2, data: new Float64Array(2 * rows) };
  return () => {
    for (let row = 0; row < rows; row++) pair.data[2 * row + 1] = data[row];
    return pair;
  };
}

/** Returns a bound on the absolute values of a split after subtraction of the mean. */
function largestInput({ x }: Split, mean: Tensor): number {
  return (x instanceof Uint8Array ? 255 : largestOf({ data: x })) + largestOf(mean);
}

/** Returns the class with the highest score of a row, the first of equal ones. */
export function bestClass({ data, cols }: Matrix, row: number): number {
  let best = 0;
  for (let j = 1; j < cols; j++) if (data[row * cols + j] > data[row * cols + best]) best = j;
  return best;
}

/**
 * Returns the softmax probability of a row's best class, in (0, 1].
 *
 * The sum is float64, from the first class to the last.
 */
export function bestProbability({ data, cols }: Matrix, { row, best }: RowClass): number {
  let sum = 0;
  for (let j = 0; j < cols; j++) sum += exp(data[row * cols + j] - data[row * cols + best]);
  return 1 / sum;
}

/** A row of scores, and its {@link bestClass}. */
export interface RowClass {
  readonly row: number;
  readonly best: number;
}
