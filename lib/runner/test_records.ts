import { type EvaluateOptions, evaluateTrial } from "../experiment/evaluate_trial.ts";
import { inspectTrial } from "../experiment/inspect_trial.ts";
import type { Trial } from "../experiment/trial.ts";
import type { InspectionRecord, TestRecord } from "../journal/journal_record.ts";
import type { Winner } from "../report/summary.ts";

/** Returns which repeat of the winning point is looked at closely: the best by validation accuracy, the first of equal ones. */
export function bestTrial({ trials, validationAccuracy: { values } }: Winner): string {
  return trials[values.indexOf(values.reduce((best, value) => Math.max(best, value)))];
}

/** Opens the test split for a trained trial, and returns its accuracy as a record. */
export function testRecord(trial: Trial, options: EvaluateOptions): TestRecord {
  return { type: "test", trial: trial.id, ...evaluateTrial(trial, options) };
}

/** Returns what a trained trial makes of the test split as a record. */
export function inspectionRecord(trial: Trial, options: EvaluateOptions): InspectionRecord {
  return { type: "inspection", trial: trial.id, ...inspectTrial(trial, options) };
}
