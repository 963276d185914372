import type { Spread } from "./summary.ts";

/** Returns the mean and the sample standard deviation of the values, summed from first to last; null for none. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  if (values.length === 1) return { mean, standardDeviation: null, values };
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  return { mean, standardDeviation: Math.sqrt(squares / (values.length - 1)), values };
}
