import { exp, log } from "../../core/numbers/exp_log.ts";
import type { Matrix } from "../../core/numbers/matrix.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import { NotFiniteError } from "../../nn/net/not_finite_error.ts";
import type { Outputs } from "../../nn/training/metrics/mean_outputs.ts";
import { createMeter, meteredSplit, rightRows } from "../../nn/training/metrics/bind_metrics.ts";
import type { TrialSetting } from "../trial/run_trial.ts";
import type { DivergedEvent } from "../trial/trial_event.ts";
import { evaluateTrial, type TestMeasurements, testMeasurements } from "./evaluate_trial.ts";
import { meanOutputs, TestDivergence, testDivergence } from "./predict_test.ts";
import type { TrainedTrial } from "./trained_trial.ts";

/**
 * Returns the measurements on the test split of the net of a repeat, or of those of its folds together; or a `diverged`
 * event of the first net with a row that has no finite score.
 *
 * Several nets predict by the means of their probabilities, which take the place of scores in every metric but the loss: that
 * is the mean of the negative logarithm of the mean probability that a label has, over rows, and over labels where there are
 * several. Numbers are the means of those of the nets.
 */
export function testRepeat(
  repeat: readonly TrainedTrial[],
  setting: TrialSetting,
): TestMeasurements | DivergedEvent {
  try {
    return repeat.length === 1 ? testAlone(repeat[0], setting) : testTogether(repeat, setting).measured;
  } catch (error) {
    if (error instanceof TestDivergence) return error.event;
    throw error;
  }
}

function testAlone(trained: TrainedTrial, setting: TrialSetting): TestMeasurements {
  try {
    return evaluateTrial(trained.trial, { ...setting, weights: trained.weights });
  } catch (error) {
    throw error instanceof NotFiniteError ? testDivergence(error, trained) : error;
  }
}

/** What was measured of several nets together, and the means that gave it. */
export interface TestedTogether {
  readonly measured: TestMeasurements;
  /** Of each row of the test split. */
  readonly means: Outputs;
}

/**
 * Measures several nets together on the test split, as {@link testRepeat} says.
 *
 * @throws {TestDivergence} If a row has no finite score in one of the nets.
 */
export function testTogether(nets: readonly TrainedTrial[], setting: TrialSetting): TestedTogether {
  const { dataset } = setting;
  const { test, numClasses, targets } = dataset;
  const { metrics = [] } = nets[0].trial.solver;
  const labelled = logProbabilities(dataset, nets.length);
  const means = meanOutputs(nets, { setting, visit: labelled.add });
  const scores = asScores(means, dataset);
  const split = meteredSplit({ split: test, splitName: "the test split", targets }, numClasses);
  const isLoss = (name: string) => name === "validationLoss" && targets?.kind !== "numbers";
  const right = rightRows(split);
  const meters = metrics.map((name) => isLoss(name) ? null : createMeter(name, split));
  for (const meter of [right, ...meters]) {
    meter?.begin();
    try {
      for (let row = 0; row < test.n; row++) meter?.add(row, scores, row);
    } catch (error) {
      // The error of a number may not be finite where the numbers are.
      throw error instanceof NotFiniteError ? testDivergence(error, nets[0]) : error;
    }
  }
  const measured = testMeasurements(metrics, {
    accuracy: right?.value() ?? null,
    values: meters.map((meter) => meter === null ? meanLoss(labelled.logs, nets.length) : meter.value()),
  });
  return { measured, means };
}

/**
 * Returns means in place of scores: a label is predicted where its score is above 0, its probability above a half, and the
 * scores of numbers are scaled.
 */
function asScores(means: Outputs, { targets }: Dataset): Outputs {
  if (targets === undefined) return means;
  const { kind, scales } = targets;
  const data = means.data.map((value, at) => {
    const { offset, divisor } = scales[at % means.cols];
    return kind === "labels" ? value - 0.5 : (value - offset) / divisor;
  });
  return { ...means, data };
}

interface LogProbabilities {
  /** Of the label of each row, or of each label of each row, net by net. */
  readonly logs: Float64Array;
  /** Adds the scores of the next row. */
  readonly add: (row: number, scores: Matrix, i: number) => void;
}

/** Collects the logarithms of the probabilities that nets give to the labels; of numbers there are none. */
function logProbabilities({ test, targets }: Dataset, nets: number): LogProbabilities {
  const width = targets?.names.length ?? 1;
  const logs = new Float64Array(targets?.kind === "numbers" ? 0 : nets * test.n * width);
  let added = 0;
  return {
    logs,
    add(row, { data, cols }, i) {
      const scores = data.subarray(i * cols, (i + 1) * cols);
      if (targets === undefined) logs[added++] = logSoftmax(scores, test.labels[row]);
      if (targets?.kind !== "labels") return;
      for (let j = 0; j < width; j++) {
        const score = test.targets![row * width + j] === 1 ? scores[j] : -scores[j];
        logs[added++] = (score < 0 ? score : 0) - log(1 + exp(-Math.abs(score)));
      }
    },
  };
}

/** Returns the logarithm of the softmax probability of a label, which is finite for finite float32 scores. */
function logSoftmax(scores: ArrayLike<number>, label: number): number {
  let max = scores[0];
  for (let j = 1; j < scores.length; j++) if (scores[j] > max) max = scores[j];
  let sum = 0;
  for (let j = 0; j < scores.length; j++) sum += exp(scores[j] - max);
  return scores[label] - max - log(sum);
}

/**
 * Returns the mean over rows of the negative logarithm of the mean of probabilities, from their logarithms, net by net,
 * `[nets, rows]`; the largest is taken out first, since a probability itself may round to 0.
 */
function meanLoss(logs: Float64Array, nets: number): number {
  const rows = logs.length / nets;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    let max = -Infinity;
    for (let at = row; at < logs.length; at += rows) max = Math.max(max, logs[at]);
    let sum = 0;
    for (let at = row; at < logs.length; at += rows) sum += exp(logs[at] - max);
    total -= max + log(sum / nets);
  }
  return total / rows;
}
