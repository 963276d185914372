import { exp } from "../../core/numbers/exp_log.ts";
import type { Matrix } from "../../core/numbers/matrix.ts";
import { sigmoid } from "../../core/numbers/sigmoid.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import { NotFiniteError } from "../../nn/net/not_finite_error.ts";
import { divergedAt } from "../../nn/training/diverged_error.ts";
import {
  bestClass,
  bestProbability,
  bindScores,
  type ScoresVisitor,
} from "../../nn/training/metrics/accuracy.ts";
import type { TrialSetting } from "../trial/run_trial.ts";
import { trialDataset } from "../trial/trial_dataset.ts";
import type { DivergedEvent } from "../trial/trial_event.ts";
import { restoreForTest } from "./evaluate_trial.ts";
import type { TrainedTrial } from "./trained_trial.ts";

/** What the nets of a repeat say of the class of a row of the test split. */
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
 * Predicts the class of each row of the test split with the net of a repeat, or with those of its folds together by
 * {@link meanOutputs}.
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
  const means = meanOutputs(repeat, { setting });
  for (let row = 0; row < means.rows; row++) {
    const predicted = bestClass(means, row);
    visit({ row, predicted, probability: means.data[row * means.cols + predicted] });
  }
}

/** Options of {@link meanOutputs}. */
export interface MeanOptions {
  readonly setting: TrialSetting;
  /** Called with the scores of each row in each net, net by net. Default: no call. */
  readonly visit?: ScoresVisitor;
}

/**
 * Returns the means of what several nets give to the rows of the test split, in float64, added in the order of the nets:
 *
 * - of classes their softmax probabilities, `[rows, numClasses]`, whose sums are added in the order of the classes;
 * - of several labels their sigmoid probabilities, `[rows, labels]`;
 * - of numbers the numbers, `[rows, targets]`, scaled as the whole data set says. The nets of folds have scales of their own.
 *
 * @throws {TestDivergence} If a row has no finite score in one of the nets.
 */
export function meanOutputs(
  nets: readonly TrainedTrial[],
  { setting, visit = () => {} }: MeanOptions,
): Outputs {
  const { dataset } = setting;
  const { test: { n: rows } } = dataset;
  const cols = dataset.targets?.names.length ?? dataset.numClasses;
  const data = new Float64Array(rows * cols);
  const own = new Float64Array(cols);
  for (const net of nets) {
    const read = readOutputs(dataset, trialDataset(net.trial, dataset));
    visitTestScores(net, {
      setting,
      visit(row, scores, i) {
        read(own, { scores, i });
        for (let j = 0; j < cols; j++) data[row * cols + j] += own[j];
        visit(row, scores, i);
      },
    });
  }
  for (let at = 0; at < data.length; at++) data[at] /= nets.length;
  return { rows, cols, data };
}

/** What nets give to the rows of the test split; see {@link meanOutputs}. */
export interface Outputs extends Matrix {
  readonly data: Float64Array;
}

interface RowScores {
  readonly scores: Matrix;
  /** The row of the scores. */
  readonly i: number;
}

/** Returns what turns a row of scores of a net, which knows its own fold of the data, into what is averaged. */
function readOutputs(
  { targets }: Dataset,
  own: Dataset,
): (outputs: Float64Array, row: RowScores) => void {
  if (targets === undefined) return softmax;
  if (targets.kind === "labels") {
    return (outputs, { scores: { data, cols }, i }) => {
      for (let j = 0; j < cols; j++) outputs[j] = sigmoid(data[i * cols + j]);
    };
  }
  const { scales } = targets;
  const { scales: ownScales } = own.targets!;
  return (outputs, { scores: { data, cols }, i }) => {
    for (let j = 0; j < cols; j++) {
      const value = data[i * cols + j] * ownScales[j].divisor + ownScales[j].offset;
      outputs[j] = (value - scales[j].offset) / scales[j].divisor;
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
