import type { Inspection } from "../../experiment/trial/inspection.ts";

/** Returns what stands in a report in place of the matrix of which class is taken for which. */
export function noConfusionText({ classNames }: Inspection): string {
  return `There is no table of which class is taken for which: ${classNames.length} classes are too many for one.`;
}
