import type { Status, TrialResult } from "./summary.ts";

/** Returns whether a trial with this status has a result, which is not computed again. */
export function hasResult(status: string): boolean {
  return status === "done" satisfies Status || status === "diverged" satisfies Status ||
    status === "stopped" satisfies Status;
}

/** Returns the trials that failed or diverged. */
export function lostTrials(trials: readonly TrialResult[]): readonly TrialResult[] {
  return trials.filter(({ status }) => status === "failed" || status === "diverged");
}
