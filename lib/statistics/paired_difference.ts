import { integerPower } from "./integer_power.ts";
import { FEWEST_VALUES, type MeanInterval, meanInterval, type MeanIntervalOptions } from "./mean_interval.ts";
import { studentTail } from "./student_t.ts";

/** How much two series of paired values differ, left minus right. */
export interface PairedDifference extends MeanInterval {
  /** p-value of the two-sided paired t test that the mean difference is 0; null below three pairs. */
  readonly pValue: number | null;
}

/**
 * Compares values that are paired, as by a common seed: the interval of the mean difference and a paired t test; null
 * for no pairs.
 *
 * A common part of both values of a pair cancels, so that the interval is narrower than one of unpaired values.
 *
 * Accuracies on few rows often differ equally in all pairs. Their spread is then not known, and a t test, whose p would
 * be 0, does not hold: the p-value is that of the sign-flip test, 2 / 2^n, and 1 where the differences are 0.
 *
 * Source: Student 1908; for folds Nadeau and Bengio, Inference for the generalization error, 2003.
 */
export function pairedDifference(
  pairs: readonly (readonly [left: number, right: number])[],
  { heldOutRatio = 0 }: MeanIntervalOptions = {},
): PairedDifference | null {
  const differences = pairs.map(([left, right]) => left - right);
  const interval = meanInterval(differences, { heldOutRatio });
  if (interval === null) return null;
  const { count, mean, standardDeviation } = interval;
  if (count < FEWEST_VALUES || standardDeviation === null) return { ...interval, pValue: null };
  if (isConstant(differences)) {
    return { ...interval, pValue: differences[0] === 0 ? 1 : integerPower(0.5, count - 1) };
  }
  const t = mean / (standardDeviation * Math.sqrt(1 / count + heldOutRatio));
  return { ...interval, pValue: studentTail(t, { degrees: count - 1 }) };
}

/** The rounding of a mean gives equal differences a standard deviation above 0. */
function isConstant(differences: readonly number[]): boolean {
  const [first] = differences;
  return differences.every((difference) => Math.abs(difference - first) <= Math.abs(first) * 1e-12);
}
