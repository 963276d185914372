import { type MetricName, type TestMetricValues, testName } from "../../core/facts/metric.ts";
import type { FullyConnectedNet } from "../../nn/net/fully_connected_net.ts";
import type { AccuracyOptions } from "../../nn/training/metrics/accuracy.ts";
import { bindMetrics, type Measured } from "../../nn/training/metrics/bind_metrics.ts";
import { createNet, type TrialSetting } from "../trial/run_trial.ts";
import type { Trial } from "../trial/trial.ts";
import { trialDataset } from "../trial/trial_dataset.ts";

/** Options of {@link evaluateTrial}. */
export interface EvaluateOptions extends TrialSetting {
  /** The weights that {@link runTrial} yielded with `done`. */
  readonly weights: Uint8Array;
}

/** The measurements of a trained trial on the test split. */
export interface TestMeasurements {
  /** A fraction; not of numbers. */
  readonly testAccuracy?: number;
  /** The further metrics of the trial; only where its solver has some. */
  readonly metrics?: TestMetricValues;
}

/**
 * Returns the measurements of a trained trial on the test split.
 *
 * The command line measures the nets of all folds together. It does so once, for the winner, when no trial is pending; choose by the validation split before.
 *
 * @throws {InputError} If the weights do not fit the trial's net.
 * @throws {Error} If a score or a loss is not finite; its name is NotFiniteError, and it names the row.
 *
 * @example
 * ```ts
 * import {
 *   blobs,
 *   defineExperiment,
 *   evaluateTrial,
 *   expandGrid,
 *   expandPoints,
 *   loadDataset,
 *   runTrial,
 * } from "@seedbed/seedbed";
 * import { assert } from "@std/assert";
 *
 * const experiment = defineExperiment({
 *   name: "blobs_once",
 *   question: "Does a small net separate three blobs?",
 *   seed: 231,
 *   data: blobs({ numClasses: 3, inputDim: 4, spread: 0.2, train: 300, validation: 100, test: 100 }),
 *   grid: {},
 *   trial: () => ({
 *     model: { hiddenDims: [16], weightScale: "he" },
 *     solver: { optimizer: { name: "adam", learningRate: 1e-2 }, batchSize: 50, epochs: 4 },
 *   }),
 * });
 * const { trials: [trial] } = expandGrid(expandPoints(experiment), { dataDigest: "blobs" });
 * const dataset = await loadDataset(experiment.data);
 *
 * const { weights } = [...runTrial(trial, { dataset })].at(-1)!;
 * const { testAccuracy } = evaluateTrial(trial, { dataset, weights: weights! });
 * assert(testAccuracy! > 0.9);
 * ```
 */
export function evaluateTrial(trial: Trial, options: EvaluateOptions): TestMeasurements {
  const { net, rows } = restoreForTest(trial, options);
  const { metrics = [] } = trial.solver;
  return testMeasurements(metrics, bindMetrics(net, { ...rows, metrics })());
}

/** Returns measurements by their names on the test split. */
export function testMeasurements(
  metrics: readonly MetricName[],
  { accuracy, values }: Measured,
): TestMeasurements {
  const measured = metrics.map((name, index) => [testName(name), values[index]]);
  return {
    ...accuracy === null ? {} : { testAccuracy: accuracy },
    ...metrics.length === 0 ? {} : { metrics: Object.fromEntries(measured) },
  };
}

/** Restores the net of a trained trial, and returns it with the options for its predictions on the test split. */
export function restoreForTest(
  trial: Trial,
  { dataset, kernels, weights }: EvaluateOptions,
): { readonly net: FullyConnectedNet; readonly rows: AccuracyOptions } {
  const net = createNet(trial, { dataset, kernels });
  net.restore(weights);
  const own = trialDataset(trial, dataset);
  const mean = net.kernels.tensor(1, own.inputDim);
  mean.data.set(own.mean);
  const rows = Int32Array.from({ length: own.test.n }, (_, i) => i);
  return {
    net,
    rows: {
      ...{ split: own.test, splitName: "the test split", mean, rows, batchSize: trial.solver.batchSize },
      ...own.targets === undefined ? {} : { targets: own.targets },
    },
  };
}
