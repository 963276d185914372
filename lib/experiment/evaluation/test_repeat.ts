import { exp, log } from "../../core/numbers/exp_log.ts";
import { NotFiniteError } from "../../nn/net/not_finite_error.ts";
import { bestClass } from "../../nn/training/metrics/accuracy.ts";
import { createMeter } from "../../nn/training/metrics/bind_metrics.ts";
import type { TrialSetting } from "../trial/run_trial.ts";
import type { DivergedEvent } from "../trial/trial_event.ts";
import { evaluateTrial, type TestMeasurements, testMetrics } from "./evaluate_trial.ts";
import { meanProbabilities, TestDivergence, testDivergence } from "./predict_test.ts";
import type { TrainedTrial } from "./trained_trial.ts";

/**
 * Returns the measurements on the test split of the net of a repeat, or of those of its folds together; or a `diverged`
 * event of the first net with a row that has no finite score.
 *
 * Several nets predict by the means of their probabilities: these take the place of scores in every metric but the loss,
 * which is the mean over rows of the negative logarithm of the label's mean probability.
 */
export function testRepeat(
  repeat: readonly TrainedTrial[],
  setting: TrialSetting,
): TestMeasurements | DivergedEvent {
  try {
    return repeat.length === 1 ? testAlone(repeat[0], setting) : testTogether(repeat, setting);
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

function testTogether(repeat: readonly TrainedTrial[], setting: TrialSetting): TestMeasurements {
  const { test, numClasses } = setting.dataset;
  const { metrics = [] } = repeat[0].trial.solver;
  const labelled = new Float64Array(repeat.length * test.n);
  let added = 0;
  const means = meanProbabilities(repeat, {
    setting,
    visit: (row, { data, cols }, i) => {
      labelled[added++] = logProbability(data.subarray(i * cols, (i + 1) * cols), test.labels[row]);
    },
  });
  const split = { labels: test.labels, lines: test.lines, splitName: "the test split", numClasses };
  const isLoss = (name: string) => name === "validationLoss";
  const meters = metrics.map((name) => isLoss(name) ? null : createMeter(name, split));
  for (const meter of meters) meter?.begin();
  let correct = 0;
  for (let row = 0; row < test.n; row++) {
    if (bestClass(means, row) === test.labels[row]) correct++;
    for (const meter of meters) meter?.add(row, means, row);
  }
  const values = meters.map((meter) => meter === null ? meanLoss(labelled, repeat.length) : meter.value());
  return { testAccuracy: correct / test.n, ...testMetrics(metrics, values) };
}

/** Returns the logarithm of the softmax probability of a label, which is finite for finite float32 scores. */
function logProbability(scores: ArrayLike<number>, label: number): number {
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
