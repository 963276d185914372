import type { FullyConnectedNet } from "../../nn/net/fully_connected_net.ts";
import { type AccuracyOptions, bindAccuracy } from "../../nn/training/accuracy.ts";
import { createNet, type TrialSetting } from "./run_trial.ts";
import type { Trial } from "./trial.ts";

/** Options of {@link evaluateTrial}. */
export interface EvaluateOptions extends TrialSetting {
  /** The weights that {@link runTrial} yielded with `done`. */
  readonly weights: Uint8Array;
}

/**
 * Returns the accuracy of a trained trial on the test split, a fraction.
 *
 * @throws {InputError} If the weights do not fit the trial's net.
 * @throws {NotFiniteError} If a score is not finite.
 */
export function evaluateTrial(
  trial: Trial,
  options: EvaluateOptions,
): { readonly testAccuracy: number } {
  const { net, rows } = restoreForTest(trial, options);
  return { testAccuracy: bindAccuracy(net, rows)() };
}

/** Restores the net of a trained trial, and returns it with the options for its predictions on the test split. */
export function restoreForTest(
  trial: Trial,
  { dataset, kernels, weights }: EvaluateOptions,
): { readonly net: FullyConnectedNet; readonly rows: AccuracyOptions } {
  const net = createNet(trial, { dataset, kernels });
  net.restore(weights);
  const mean = net.kernels.tensor(1, dataset.inputDim);
  mean.data.set(dataset.mean);
  const rows = Int32Array.from({ length: dataset.test.n }, (_, i) => i);
  return {
    net,
    rows: { split: dataset.test, splitName: "the test split", mean, rows, batchSize: trial.solver.batchSize },
  };
}
