import type { Trial } from "../../experiment/trial/trial.ts";
import { percent } from "../../report/summary/percent.ts";
import { trialName } from "../../report/summary/trial_name.ts";
import type { DataEvent, EndedEvent, PlannedEvent } from "../../runner/plan/run_event.ts";
import { valueText } from "./value_text.ts";

/** Returns what a run is about to do. */
export function plannedText({ experiment, trials, finished, toRun }: PlannedEvent): string {
  return `${experiment}: ${trials} ${
    trials === 1 ? "trial" : "trials"
  }, ${finished} with a result, ${toRun.length} to run`;
}

/** Returns how much of the data is fetched or decoded. */
export function dataText({ label, done, total }: DataEvent): string {
  return total === null || total === 0 ? label : `${label}, ${Math.floor((100 * done) / total)} %`;
}

/** Returns a trial's point, and its repeat if it is not the only one. */
export function trialText(trial: Trial): string {
  return trialName(trial, { valueText });
}

/** Returns how a trial ended, and on which machine unless on this one. */
export function endedText({ event, machine }: Omit<EndedEvent, "type" | "worker">): string {
  const place = machine === undefined ? "" : `, on ${machine}`;
  if (event.type !== "done") return `${event.type}: ${event.reason}${place}`;
  return `${percent(event.bestValidationAccuracy)} validation at epoch ${event.bestEpoch}${place}`;
}
