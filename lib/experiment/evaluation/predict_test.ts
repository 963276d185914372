import { exp } from "../../core/numbers/exp_log.ts";
import { NotFiniteError } from "../../nn/net/not_finite_error.ts";
import { divergedAt } from "../../nn/training/diverged_error.ts";
import {
  bestClass,
  bestProbability,
  bindScores,
  type ScoresVisitor,
} from "../../nn/training/metrics/accuracy.ts";
import type { TrialSetting } from "../trial/run_trial.ts";
import type { DivergedEvent } from "../trial/trial_event.ts";
import { restoreForTest } from "./evaluate_trial.ts";
import type { TrainedTrial } from "./trained_trial.ts";

/** What the nets of a repeat say of a row of the test split. */
export interface RowPrediction {
  readonly row: number;
  /** The class with the highest score or mean probability, the first of equal ones. */
  readonly predicted: number;
  /** The softmax probability of that class; of several nets the mean. */
  readonly probability: number;
}

/** A trial diverged on the test split: a row has no finite score. */
export class TestDivergence extends Error {
  override readonly name = "TestDivergence";
  readonly event: DivergedEvent;

  constructor(event: DivergedEvent) {
    super(event.reason);
    this.event = event;
  }
}

/**
 * Predicts each row of the test split with the net of a repeat, or with those of its folds together by
 * {@link meanProbabilities}.
 *
 * @throws {TestDivergence} If a row has no finite score in one of the nets.
 */
export function predictTest(
  repeat: readonly TrainedTrial[],
  { setting, visit }: { readonly setting: TrialSetting; readonly visit: (prediction: RowPrediction) => void },
): void {
  if (repeat.length === 1) {
    visitTestScores(repeat[0], {
      setting,
      visit: (row, scores, i) => {
        const predicted = bestClass(scores, i);
        visit({ row, predicted, probability: bestProbability(scores, { row: i, best: predicted }) });
      },
    });
    return;
  }
  const means = meanProbabilities(repeat, { setting });
  for (let row = 0; row < means.rows; row++) {
    const predicted = bestClass(means, row);
    visit({ row, predicted, probability: means.data[row * means.cols + predicted] });
  }
}

/** The probabilities of each row of the test split, `[rows, numClasses]`. */
export interface Probabilities {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

/** Options of {@link meanProbabilities}. */
export interface MeanOptions {
  readonly setting: TrialSetting;
  /** Called with the scores of each row in each net, net by net. Default: no call. */
  readonly visit?: ScoresVisitor;
}

/**
 * Returns the means of the softmax probabilities that several nets give to the rows of the test split, in float64: their
 * sums are added in the order of the nets, and those of a row's softmax in the order of the classes.
 *
 * @throws {TestDivergence} If a row has no finite score in one of the nets.
 */
export function meanProbabilities(
  nets: readonly TrainedTrial[],
  { setting, visit = () => {} }: MeanOptions,
): Probabilities {
  const { numClasses: cols, test: { n: rows } } = setting.dataset;
  const data = new Float64Array(rows * cols);
  const powers = new Float64Array(cols);
  const add: ScoresVisitor = (row, scores, i) => {
    const start = i * cols;
    const highest = scores.data[start + bestClass(scores, i)];
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += powers[j] = exp(scores.data[start + j] - highest);
    for (let j = 0; j < cols; j++) data[row * cols + j] += powers[j] / sum;
    visit(row, scores, i);
  };
  for (const net of nets) visitTestScores(net, { setting, visit: add });
  for (let at = 0; at < data.length; at++) data[at] /= nets.length;
  return { rows, cols, data };
}

interface Visit {
  readonly setting: TrialSetting;
  readonly visit: ScoresVisitor;
}

function visitTestScores(trained: TrainedTrial, { setting, visit }: Visit): void {
  const { net, rows } = restoreForTest(trained.trial, { ...setting, weights: trained.weights });
  try {
    bindScores(net, rows)(visit);
  } catch (error) {
    throw error instanceof NotFiniteError ? testDivergence(error, trained) : error;
  } finally {
    net.kernels.free();
  }
}

/** Returns the divergence of a trial for a row of the test split. */
export function testDivergence(error: NotFiniteError, { trial, bestEpoch }: TrainedTrial): TestDivergence {
  const reason = divergedAt(error, bestEpoch).message;
  return new TestDivergence({ type: "diverged", trial: trial.id, epoch: bestEpoch, reason, split: "test" });
}
