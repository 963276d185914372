import type { Inspection } from "../../experiment/trial/inspection.ts";

/** Returns the text that replaces the confusion matrix in a report. */
export function noConfusionText({ classNames }: Inspection): string {
  return `There is no table of which class is taken for which: ${classNames.length} classes are too many for one.`;
}
