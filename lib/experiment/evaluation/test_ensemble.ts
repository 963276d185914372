import { bestClass } from "../../nn/training/metrics/accuracy.ts";
import { MOST_PREDICTED, type TargetInspection, type TestPredictions } from "../trial/inspection.ts";
import type { TrialSetting } from "../trial/run_trial.ts";
import type { DivergedEvent } from "../trial/trial_event.ts";
import type { TestMeasurements } from "./evaluate_trial.ts";
import { inspectTargets } from "./inspect_targets.ts";
import { keptProbability, TestDivergence } from "./predict_test.ts";
import { testTogether } from "./test_repeat.ts";
import type { TrainedTrial } from "./trained_trial.ts";

/** The measurements of several nets together on the test split, and what they predict. */
export interface EnsembleMeasurements extends TestMeasurements {
  /** Missing above {@link MOST_PREDICTED} rows. */
  readonly predictions?: TestPredictions;
  /** Only of rows that have targets instead of a class. */
  readonly targets?: TargetInspection;
}

/**
 * Returns the measurements on the test split of all nets of a point together, or a `diverged` event of the first net with a
 * row that has no finite score.
 *
 * They predict by the means of their probabilities, added in the order of the nets, as the folds of a repeat do.
 */
export function testEnsemble(
  nets: readonly TrainedTrial[],
  setting: TrialSetting,
): EnsembleMeasurements | DivergedEvent {
  try {
    const { measured, means } = testTogether(nets, setting);
    const { test, targets } = setting.dataset;
    if (targets !== undefined) return { ...measured, targets: inspectTargets(means, { test, targets }) };
    const labels = [...test.labels];
    if (labels.length > MOST_PREDICTED) return measured;
    const predicted = labels.map((_, row) => bestClass(means, row));
    const probabilities = predicted.map((best, row) => keptProbability(means.data[row * means.cols + best]));
    return { ...measured, predictions: { labels, predicted, probabilities } };
  } catch (error) {
    if (error instanceof TestDivergence) return error.event;
    throw error;
  }
}
