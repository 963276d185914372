import { counted } from "../../core/text/counted.ts";
import type { ExperimentFacts, Spread } from "./summary.ts";

/** What says how often a point runs. */
export type RunsOfPoint = Pick<ExperimentFacts, "repeats" | "data">;

/** Returns the number of trials of a point: its repeats, each on every fold if there are folds. */
export function trialsPerPoint({ repeats, data: { folds = 1 } }: RunsOfPoint): number {
  return repeats * folds;
}

/** Returns how often a point runs, such as "one repeat", "5 folds" or "2 repeats of 5 folds". */
export function runsText(runs: RunsOfPoint): string {
  return valuesText(trialsPerPoint(runs), runs.data);
}

/** Returns what a number of values is of, such as "3 repeats", "5 folds" or "2 repeats of 5 folds". */
export function valuesText(count: number, { folds }: { readonly folds?: number }): string {
  if (folds === undefined) return count === 1 ? "one repeat" : `${count} repeats`;
  if (count % folds > 0) return `${counted(count, "trial")} of ${folds} folds`;
  return count === folds ? `${folds} folds` : `${count / folds} repeats of ${folds} folds`;
}

/** Returns the name of each value of a spread, such as "repeat 0" or "repeat 1, fold 3". */
export function valueNames({ values, folds }: Pick<Spread, "values" | "folds">): readonly string[] {
  return values.map((_, index) => {
    if (folds === undefined) return `repeat ${index}`;
    const fold = `fold ${index % folds}`;
    return values.length === folds ? fold : `repeat ${Math.floor(index / folds)}, ${fold}`;
  });
}
