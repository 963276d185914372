import { exp } from "../../../core/numbers/exp_log.ts";
import type { Matrix } from "../../../core/numbers/matrix.ts";
import { sigmoid } from "../../../core/numbers/sigmoid.ts";
import type { Targets } from "../../../data/base/targets.ts";
import { bestClass, type ScoresVisitor } from "./accuracy.ts";

/** What nets predict of rows, `[rows, cols]`: a column for each class or target. */
export interface Outputs extends Matrix {
  readonly data: Float64Array;
}

/** Sums of what several nets predict. */
export interface OutputSums {
  /**
   * Returns what adds the predictions of one net, row by row.
   *
   * @param targets Those of the net; none if it predicts classes. Nets of folds have scales of their own.
   */
  readonly addOf: (targets: Targets | undefined) => ScoresVisitor;
  /** Ends the sums: returns the means over a number of nets. */
  readonly means: (nets: number) => Outputs;
}

/**
 * Returns sums of what several nets predict, in float64, added in the order in which they are visited. The means are the sums
 * over the number of nets.
 *
 * - Of classes these are softmax probabilities, whose sums are added in the order of the classes.
 * - Of several labels they are sigmoid probabilities.
 * - Of numbers they are the numbers in their own unit, `score * divisor + offset`.
 */
export function sumOutputs({ rows, cols }: { readonly rows: number; readonly cols: number }): OutputSums {
  const data = new Float64Array(rows * cols);
  const own = new Float64Array(cols);
  return {
    addOf(targets) {
      const read = outputsOf(targets);
      return (row, scores, i) => {
        read(own, { scores, i });
        for (let j = 0; j < cols; j++) data[row * cols + j] += own[j];
      };
    },
    means(nets) {
      for (let at = 0; at < data.length; at++) data[at] /= nets;
      return { rows, cols, data };
    },
  };
}

interface RowScores {
  readonly scores: Matrix;
  /** The row of the scores. */
  readonly i: number;
}

/** Returns what turns a row of scores into predictions. */
function outputsOf(targets: Targets | undefined): (outputs: Float64Array, row: RowScores) => void {
  if (targets === undefined) return softmax;
  const { kind, scales } = targets;
  return (outputs, { scores: { data, cols }, i }) => {
    for (let j = 0; j < cols; j++) {
      const score = data[i * cols + j];
      outputs[j] = kind === "labels" ? sigmoid(score) : score * scales[j].divisor + scales[j].offset;
    }
  };
}

function softmax(outputs: Float64Array, { scores, i }: RowScores): void {
  const { data, cols } = scores;
  const start = i * cols;
  const highest = data[start + bestClass(scores, i)];
  let sum = 0;
  for (let j = 0; j < cols; j++) sum += outputs[j] = exp(data[start + j] - highest);
  for (let j = 0; j < cols; j++) outputs[j] /= sum;
}
