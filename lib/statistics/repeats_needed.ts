import { NORMAL_80, NORMAL_975 } from "./normal_quantiles.ts";

/**
 * Returns about how many pairs a paired t test needs, so that it finds a difference of this size in 80 % of cases at
 * the 5 % level; null if the difference is 0.
 *
 * n = (z_0.975 + z_0.8)^2 s^2 / d^2 + z_0.975^2 / 2, rounded up: within one of the exact number (Guenther, Sample size
 * formulas for normal theory t tests, 1981).
 *
 * @param difference.mean The mean difference d.
 * @param difference.standardDeviation Sample standard deviation s of the differences.
 */
export function repeatsNeeded(
  { mean, standardDeviation }: { readonly mean: number; readonly standardDeviation: number },
): number | null {
  if (mean === 0) return null;
  const ratio = standardDeviation / mean;
  const quantiles = NORMAL_975 + NORMAL_80;
  return Math.ceil(quantiles * quantiles * ratio * ratio + (NORMAL_975 * NORMAL_975) / 2);
}
