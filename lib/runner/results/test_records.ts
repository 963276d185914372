import { isBetter } from "../../core/facts/metric.ts";
import type { EvaluateOptions } from "../../experiment/trial/evaluate_trial.ts";
import { inspectTrial } from "../../experiment/trial/inspect_trial.ts";
import { type TestOptions, testTrial } from "../../experiment/trial/test_trial.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { DivergedEvent } from "../../experiment/trial/trial_event.ts";
import type { InspectionRecord, TestRecord } from "../../journal/journal_record.ts";
import { type Measuring, selectedMetric, spreadOfMetric } from "../../report/summary/metric.ts";
import type { Winner } from "../../report/summary/summary.ts";

/** Returns the repeat of the winning point to inspect: the best by the metric that decides, the first of equal ones. */
export function bestTrial(winner: Winner, experiment: Measuring): string {
  const metric = selectedMetric(experiment);
  const { values } = spreadOfMetric(winner, metric.name)!;
  const best = values.reduce((best, value) => isBetter(value, { than: best, metric }) ? value : best);
  return winner.trials[values.indexOf(best)];
}

/** Evaluates a trained trial on the test split, and returns a record of it, or a `diverged` event. */
export function testRecord(trial: Trial, options: TestOptions): TestRecord | DivergedEvent {
  const tested = testTrial(trial, options);
  return "type" in tested ? tested : { type: "test", trial: trial.id, ...tested };
}

/** Returns the inspection of a trained trial on the test split as a record. */
export function inspectionRecord(trial: Trial, options: EvaluateOptions): InspectionRecord {
  return { type: "inspection", trial: trial.id, ...inspectTrial(trial, options) };
}
