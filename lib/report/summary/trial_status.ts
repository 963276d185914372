import type { Counts, Status, TrialResult } from "./summary.ts";

/** Returns whether a trial with this status has a result, which is not computed again. */
export function hasResult(status: string): boolean {
  return status === "done" satisfies Status || status === "diverged" satisfies Status ||
    status === "stopped" satisfies Status;
}

/** Returns the trials that failed or diverged. */
export function lostTrials(trials: readonly TrialResult[]): readonly TrialResult[] {
  return trials.filter(({ status }) => status === "failed" || status === "diverged");
}

/** Returns the numbers of trials by status, in the order of a report; trials stop in a search alone. */
export function countEntries(
  { done, stopped, diverged, failed, pending }: Counts,
): readonly (readonly [Status, number])[] {
  return [
    ["done", done],
    ...stopped === undefined ? [] : [["stopped", stopped] as const],
    ["diverged", diverged],
    ["failed", failed],
    ["pending", pending],
  ];
}

/** Returns the number of trials that have a result. */
export function countFinished({ done, stopped = 0, diverged }: Counts): number {
  return done + stopped + diverged;
}
