import type { Spread } from "./summary.ts";

/** Returns a fraction as a percentage with two decimals. */
export function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(2)} %`;
}

/** Returns a spread as `mean ± standard deviation` in percent, or the mean alone for a single repeat. */
export function spreadText({ mean, standardDeviation }: Spread): string {
  return standardDeviation === null ? percent(mean) : `${percent(mean)} ± ${percent(standardDeviation)}`;
}
