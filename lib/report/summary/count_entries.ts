import type { Counts, Status } from "./summary.ts";

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
