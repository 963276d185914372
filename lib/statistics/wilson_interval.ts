import { NORMAL_975 } from "./normal_quantiles.ts";

/** An interval of a fraction. */
export interface FractionInterval {
  readonly low: number;
  readonly high: number;
}

/**
 * Returns the 95 % interval of a fraction that was measured on independent rows, as an accuracy is: it stays within
 * [0, 1], and has a width even where all rows are right.
 *
 * Source: Wilson, Probable inference, the law of succession, and statistical inference, 1927.
 *
 * @param options.count Rows that were right; a mean over several nets need not be whole.
 * @param options.rows All rows, at least 1.
 */
export function wilsonInterval(
  { count, rows }: { readonly count: number; readonly rows: number },
): FractionInterval {
  const fraction = count / rows;
  const z = NORMAL_975;
  const scale = 1 + (z * z) / rows;
  const middle = (fraction + (z * z) / (2 * rows)) / scale;
  const halfWidth = (z / scale) *
    Math.sqrt((fraction * (1 - fraction)) / rows + (z * z) / (4 * rows * rows));
  return { low: Math.max(0, middle - halfWidth), high: Math.min(1, middle + halfWidth) };
}
