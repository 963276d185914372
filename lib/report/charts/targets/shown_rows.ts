import { extent } from "../../../core/numbers/extent.ts";
import type { TargetPredictions } from "../../../experiment/trial/inspection.ts";

/** Points of a chart of rows: more would hide each other, and make a page slow. */
const MOST_SHOWN = 2000;

/** A row of the test split, and what is predicted of it. */
export interface ShownRow {
  /** Its number in the split, from 0. */
  readonly row: number;
  readonly value: number;
  readonly predicted: number;
  /** What is predicted less what is true. */
  readonly residual: number;
}

/** Returns the rows that a chart shows: all, or rows at equal distances. */
export function shownRows({ values, predicted }: TargetPredictions): readonly ShownRow[] {
  const step = Math.ceil(values.length / MOST_SHOWN);
  return Array.from({ length: Math.ceil(values.length / step) }, (_, index) => {
    const row = index * step;
    return { row, value: values[row], predicted: predicted[row], residual: predicted[row] - values[row] };
  });
}

/** Returns a sentence on the rows that are left out; "" if there are none. */
export function leftOutText(shown: readonly ShownRow[], { values }: TargetPredictions): string {
  return shown.length === values.length ? "" : ` It shows ${shown.length} of the ${values.length} rows.`;
}

/** A narrower range has no ticks: a power of ten would be below the least number. */
const NARROWEST = 1e-290;

/** Returns the range of numbers for an axis; one that is too narrow to draw is widened. */
export function frameOf(numbers: readonly number[]): readonly [low: number, high: number] {
  const [low, high] = extent(numbers);
  if (high - low >= NARROWEST) return [low, high];
  const margin = Math.abs(low) / 10;
  return margin >= NARROWEST ? [low - margin, high + margin] : [-1, 1];
}
