import { studentQuantile } from "./student_t.ts";

/** A mean with its 95 % confidence interval. */
export interface MeanInterval {
  readonly count: number;
  readonly mean: number;
  /** Sample standard deviation (n - 1); null for a single value. */
  readonly standardDeviation: number | null;
  /** The interval is the mean plus or minus this; null below {@link FEWEST_VALUES} values. */
  readonly halfWidth: number | null;
}

/** Options of {@link meanInterval}. */
export interface MeanIntervalOptions {
  /**
   * Rows held out over rows trained on, where each value comes from one fold of a cross-validation. Folds share most of
   * their training rows, so that the variance of their mean is s^2 (1 / n + this), not s^2 / n (Nadeau and Bengio 2003).
   * Default: 0, for independent values.
   */
  readonly heldOutRatio?: number;
}

/** An interval from two values spans 25 standard errors, and says nothing. */
export const FEWEST_VALUES = 3;

/**
 * Returns the mean of values with its 95 % interval by Student's t; null for no values. Sums run from first to last.
 *
 * Source: Student, The probable error of a mean, 1908.
 */
export function meanInterval(
  values: readonly number[],
  { heldOutRatio = 0 }: MeanIntervalOptions = {},
): MeanInterval | null {
  const count = values.length;
  if (count === 0) return null;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / count;
  if (count === 1) return { count, mean, standardDeviation: null, halfWidth: null };
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  const standardDeviation = Math.sqrt(squares / (count - 1));
  const halfWidth = count < FEWEST_VALUES
    ? null
    : quantileOf(count - 1) * standardDeviation * Math.sqrt(1 / count + heldOutRatio);
  return { count, mean, standardDeviation, halfWidth };
}

/** Thousands of points have the same number of repeats. */
const QUANTILES = new Map<number, number>();

function quantileOf(degrees: number): number {
  let quantile = QUANTILES.get(degrees);
  if (quantile === undefined) QUANTILES.set(degrees, quantile = studentQuantile({ degrees }));
  return quantile;
}
