import { InputError } from "../../core/check/errors.ts";
import { quantileOf } from "../../core/numbers/quantile.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { Fill } from "./column_plan.ts";

/** Options of {@link learnFill}. */
export interface FillOptions {
  /** Name of the column, for messages. */
  readonly name: string;
  readonly missing: Fill;
  /** Returns the number of a declared constant; null if the column cannot hold it. */
  readonly numberOf: (constant: number | string) => number | null;
}

/**
 * Learns what takes the place of a missing number, from the present numbers of the training rows in their order: their
 * mean, their median, or the most frequent, the smallest of equally frequent ones, as scikit-learn's SimpleImputer. A
 * marked value has the median too.
 *
 * @throws {InputError} If no number is present, or a constant is none of the column's values.
 */
export function learnFill(present: Float64Array, { name, missing, numberOf }: FillOptions): number {
  if (typeof missing === "object") {
    const value = numberOf(missing.constant);
    if (value !== null) return value;
    const shown = typeof missing.constant === "string" ? quoted(missing.constant) : missing.constant;
    throw new InputError(
      `Cannot use data: column ${
        quoted(name)
      } must have a constant of its own kind for missing values, found ${shown}`,
    );
  }
  if (present.length === 0) {
    throw new InputError(
      `Cannot use data: column ${quoted(name)} must have a value in a training row, found none; drop it`,
    );
  }
  if (missing === "mean") return meanOf(present);
  return missing === "mostFrequent" ? mostFrequent(present.toSorted()) : quantileOf(present.slice(), 0.5);
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Returns the most frequent of sorted numbers, the first of equally frequent ones. */
function mostFrequent(sorted: Float64Array): number {
  let [best, bestCount, count] = [sorted[0], 0, 0];
  for (let i = 0; i < sorted.length; i++) {
    count = i > 0 && sorted[i] === sorted[i - 1] ? count + 1 : 1;
    if (count > bestCount) [best, bestCount] = [sorted[i], count];
  }
  return best;
}
