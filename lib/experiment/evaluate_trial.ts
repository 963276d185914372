import { bindAccuracy } from "../nn/accuracy.ts";
import { createNet, type TrialSetting } from "./run_trial.ts";
import type { Trial } from "./trial.ts";

/** What {@link evaluateTrial} is given besides the trial. */
export interface EvaluateOptions extends TrialSetting {
  /** The weights that {@link runTrial} yielded with `done`. */
  readonly weights: Uint8Array;
}

/**
 * Returns the accuracy of a trained trial on the test split, a fraction.
 *
 * @throws {InputError} If the weights do not fit the trial's net.
 */
export function evaluateTrial(
  trial: Trial,
  { dataset, kernels, weights }: EvaluateOptions,
): { readonly testAccuracy: number } {
  const net = createNet(trial, { dataset, kernels });
  net.restore(weights);
  const mean = net.kernels.tensor(1, dataset.inputDim);
  mean.data.set(dataset.mean);
  const rows = Int32Array.from({ length: dataset.test.n }, (_, i) => i);
  const accuracy = bindAccuracy(net, { split: dataset.test, mean, rows, batchSize: trial.solver.batchSize });
  return { testAccuracy: accuracy() };
}
