import { NotFiniteError } from "../../nn/net/not_finite_error.ts";
import { divergedAt } from "../../nn/training/diverged_error.ts";
import {
  bestClass,
  bestProbability,
  bindScores,
  type ScoresVisitor,
} from "../../nn/training/metrics/accuracy.ts";
import { type Outputs, sumOutputs } from "../../nn/training/metrics/mean_outputs.ts";
import type { TrialSetting } from "../trial/run_trial.ts";
import { trialDataset } from "../trial/trial_dataset.ts";
import type { DivergedEvent } from "../trial/trial_event.ts";
import { restoreForTest } from "./evaluate_trial.ts";
import type { TrainedTrial } from "./trained_trial.ts";

/** Returns a probability as it is kept for reports: with six significant digits. */
export function keptProbability(probability: number): number {
  return Number(probability.toPrecision(6));
}

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
 * Returns the means of what several nets predict of the rows of the test split, in their order; see {@link sumOutputs}.
 *
 * @throws {TestDivergence} If a row has no finite score in one of the nets.
 */
export function meanOutputs(
  nets: readonly TrainedTrial[],
  { setting, visit = () => {} }: MeanOptions,
): Outputs {
  const { dataset } = setting;
  const { test: { n: rows }, targets, numClasses } = dataset;
  const sums = sumOutputs({ rows, cols: targets?.names.length ?? numClasses });
  for (const net of nets) {
    const add = sums.addOf(trialDataset(net.trial, dataset).targets);
    visitTestScores(net, {
      setting,
      visit(row, scores, i) {
        add(row, scores, i);
        visit(row, scores, i);
      },
    });
  }
  return sums.means(nets.length);
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
