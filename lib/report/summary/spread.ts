import { meanInterval } from "../../statistics/mean_interval.ts";
import type { Spread } from "./summary.ts";

/** Returns the mean and the sample standard deviation of the values, summed from first to last; null for none. */
export function spreadOf(values: readonly number[]): Spread | null {
  const interval = meanInterval(values);
  if (interval === null) return null;
  const { mean, standardDeviation } = interval;
  return { mean, standardDeviation, values };
}
