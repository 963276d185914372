import type { DType } from "../../core/numbers/dtype.ts";
import { isWhole, wholeDigits } from "../text/decimal.ts";

/** Distinct numbers of a column that are equal in a dtype. */
export interface MergedNumbers {
  /** Rows of two of them, from 0. */
  readonly example: readonly [number, number];
  /** Distinct numbers of the column. */
  readonly distinct: number;
  /** Distinct numbers in the dtype. */
  readonly left: number;
  /** Whether the loss is more than noise; see {@link findMerged}. */
  readonly isHarmful: boolean;
}

/** A share of the column's range that affects no net. */
const NOISE = 1e-6;
/** The share of the distinct numbers that may be lost as noise: a million numbers of 17 digits lose 3 %. */
const MOST_LOST = 0.1;

/**
 * Returns which distinct numbers of a column become equal in a dtype, or null if none do.
 *
 * The loss is harmful in three cases: whole numbers (ids, times, counts) are among them, two of them differ by more
 * than a millionth of the column's range, or a tenth of the distinct numbers is lost.
 */
export function findMerged(texts: readonly string[], dtype: DType): MergedNumbers | null {
  const values = Float64Array.from(texts, Number);
  const round = dtype === "float32" ? Math.fround : (value: number) => value;
  if (!mayMerge(values, round)) return null;
  const order = (a: number, b: number) => values[a] - values[b] || compareDigits(texts[a], texts[b]) || a - b;
  const rows = Uint32Array.from(texts, (_, row) => row).sort(order);
  const range = values[rows[rows.length - 1]] - values[rows[0]];
  let distinct = rows.length === 0 ? 0 : 1;
  let left = distinct;
  let example: readonly [number, number] | null = null;
  let isHarmful = false;
  for (let i = 1; i < rows.length; i++) {
    const [before, row] = [rows[i - 1], rows[i]];
    if (isSame(before, row, { texts, values })) continue;
    distinct += 1;
    if (round(values[before]) !== round(values[row])) {
      left += 1;
      continue;
    }
    const harms = (isWhole(texts[before]) && isWhole(texts[row])) ||
      values[row] - values[before] > NOISE * range;
    if (example === null || (harms && !isHarmful)) example = [before, row];
    isHarmful ||= harms;
  }
  if (example === null) return null;
  return { example, distinct, left, isHarmful: isHarmful || distinct - left > MOST_LOST * distinct };
}

/**
 * A fast check first, with the native sort: sorting row numbers takes ten times as long, and most columns lose no
 * number.
 */
function mayMerge(values: Float64Array, round: (value: number) => number): boolean {
  if (values.every((value) => round(value) === value && Number.isSafeInteger(Math.trunc(value)))) {
    return false;
  }
  const sorted = values.slice().sort();
  return sorted.some((value, i) =>
    !Number.isSafeInteger(Math.trunc(value)) ||
    (i > 0 && value !== sorted[i - 1] && round(value) === round(sorted[i - 1]))
  );
}

/** Orders numbers that are equal in float64 by their digits, so that equal texts are neighbours. */
function compareDigits(left: string, right: string): number {
  if (!isWhole(left) || !isWhole(right)) return 0;
  const [a, b] = [wholeDigits(left), wholeDigits(right)];
  return a === b ? 0 : a < b ? -1 : 1;
}

interface Column {
  readonly texts: readonly string[];
  readonly values: Float64Array;
}

/** Whole numbers beyond 2^53 may be distinct although they are equal in float64. */
function isSame(left: number, right: number, { texts, values }: Column): boolean {
  if (values[left] !== values[right]) return false;
  if (Number.isSafeInteger(values[left]) || !isWhole(texts[left]) || !isWhole(texts[right])) return true;
  return wholeDigits(texts[left]) === wholeDigits(texts[right]);
}
