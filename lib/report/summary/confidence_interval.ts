import { spreadOf } from "./spread.ts";

/** A 95 % confidence interval of the mean, for normally distributed values. */
export interface ConfidenceInterval {
  readonly mean: number;
  /** The interval is the mean plus or minus this; null for a single value. */
  readonly halfWidth: number | null;
}

/** The two-sided 95 % quantiles of Student's t with 1 to 10 degrees of freedom. */
const QUANTILES = [12.7062, 4.30265, 3.18245, 2.77645, 2.57058, 2.44691, 2.36462, 2.306, 2.26216, 2.22814];
const NORMAL_QUANTILE = 1.959964;

/** Returns the mean of values with its 95 % interval by Student's t; null for no values. */
export function confidenceInterval(values: readonly number[]): ConfidenceInterval | null {
  const spread = spreadOf(values);
  if (spread === null) return null;
  const { mean, standardDeviation } = spread;
  if (standardDeviation === null) return { mean, halfWidth: null };
  const quantile = studentQuantile(values.length - 1);
  return { mean, halfWidth: (quantile * standardDeviation) / Math.sqrt(values.length) };
}

/** Fisher and Cornish's expansion around the normal quantile is exact to 4 decimals above 10 degrees of freedom. */
function studentQuantile(degrees: number): number {
  if (degrees <= QUANTILES.length) return QUANTILES[degrees - 1];
  const z = NORMAL_QUANTILE;
  const z3 = z * z * z;
  const z5 = z3 * z * z;
  const first = (z3 + z) / 4;
  const second = (5 * z5 + 16 * z3 + 3 * z) / 96;
  const third = (3 * z5 * z * z + 19 * z5 + 17 * z3 - 15 * z) / 384;
  return z + (first + (second + third / degrees) / degrees) / degrees;
}
