import { isBetter } from "../../core/facts/metric.ts";
import { inspectRepeat } from "../../experiment/evaluation/inspect_repeat.ts";
import { testEnsemble } from "../../experiment/evaluation/test_ensemble.ts";
import { testRepeat } from "../../experiment/evaluation/test_repeat.ts";
import type { TrainedTrial } from "../../experiment/evaluation/trained_trial.ts";
import type { TrialSetting } from "../../experiment/trial/run_trial.ts";
import type { DivergedEvent } from "../../experiment/trial/trial_event.ts";
import type { EnsembleRecord, InspectionRecord, TestRecord } from "../../journal/journal_record.ts";
import { foldsOf, type Measuring, selectedMetric, spreadOfMetric } from "../../report/summary/metric.ts";
import type { Winner } from "../../report/summary/summary.ts";

/** Returns the trial of the winning point that is best by the metric that decides, the first of equal ones. */
export function bestTrial(winner: Winner, experiment: Measuring): string {
  const { values } = spreadOfMetric(winner, selectedMetric(experiment).name)!;
  return winner.trials[indexOfBest(values, experiment)];
}

/** Returns the ids of the winner's trials by repeat: one, or one per fold. */
export function repeatsOf(
  winner: Winner,
): readonly (readonly string[])[] {
  return chunksOf(winner.trials, foldsOf(winner));
}

/**
 * Returns the repeat of the winner to inspect, as an index: the best by the metric that decides, by its mean over the
 * folds; the first of equal ones.
 */
export function bestRepeat(winner: Winner, experiment: Measuring): number {
  const { values, folds = 1 } = spreadOfMetric(winner, selectedMetric(experiment).name)!;
  const sums = chunksOf(values, folds).map((own) => own.reduce((sum, value) => sum + value, 0));
  return indexOfBest(sums, experiment);
}

/** Returns the trial under which the inspection of the winner is journaled. */
export function inspectedTrial(winner: Winner, experiment: Measuring): string {
  return repeatsOf(winner)[bestRepeat(winner, experiment)][0];
}

/**
 * Evaluates a trained repeat on the test split, and returns a record of it under its first trial, or a
 * `diverged` event.
 */
export function testRecord(
  repeat: readonly TrainedTrial[],
  setting: TrialSetting,
): TestRecord | DivergedEvent {
  const tested = testRepeat(repeat, setting);
  return "type" in tested
    ? tested
    : { type: "test", trial: repeat[0].trial.id, ...testedTogether(repeat), ...tested };
}

/** Evaluates all nets of a point together on the test split, and returns a record of it, or a `diverged` event. */
export function ensembleRecord(
  nets: readonly TrainedTrial[],
  setting: TrialSetting,
): EnsembleRecord | DivergedEvent {
  const tested = testEnsemble(nets, setting);
  const [trial, ...others] = nets.map((net) => net.trial.id);
  return "type" in tested ? tested : { type: "ensemble", trial, trials: [trial, ...others], ...tested };
}

/** Returns the inspection of a trained repeat on the test split as a record under its first trial. */
export function inspectionRecord(repeat: readonly TrainedTrial[], setting: TrialSetting): InspectionRecord {
  return {
    type: "inspection",
    trial: repeat[0].trial.id,
    ...testedTogether(repeat),
    ...inspectRepeat(repeat, setting),
  };
}

/** The trials whose probabilities are averaged. */
function testedTogether(repeat: readonly TrainedTrial[]): Pick<TestRecord, "folds"> {
  return repeat[0].trial.fold === undefined ? {} : { folds: repeat.map(({ trial: { id } }) => id) };
}

function chunksOf<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from(
    { length: values.length / size },
    (_, index) => values.slice(index * size, (index + 1) * size),
  );
}

function indexOfBest(values: readonly number[], experiment: Measuring): number {
  const metric = selectedMetric(experiment);
  return values.reduce(
    (best, value, index) => isBetter(value, { than: values[best], metric }) ? index : best,
    0,
  );
}
