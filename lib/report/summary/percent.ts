import type { Spread } from "./summary.ts";

const DECIMALS = 2;
const MOST_DECIMALS = 8;

/**
 * Returns an accuracy as a percentage with two decimals. It has more if it would otherwise be rounded to 0 % or 100
 * %: one row of 30,000 is 0.003 %.
 */
export function percent(fraction: number): string {
  const isWhole = (text: string) => Number(text) === 0 || Number(text) === 100;
  if (fraction === 0 || fraction === 1) return roundedPercent(fraction);
  for (let decimals = DECIMALS; decimals <= MOST_DECIMALS; decimals++) {
    const text = (fraction * 100).toFixed(decimals);
    if (!isWhole(text)) return `${text} %`;
  }
  return roundedPercent(fraction);
}

/** Returns a fraction as a percentage with two decimals. */
export function roundedPercent(fraction: number): string {
  return `${(fraction * 100).toFixed(DECIMALS)} %`;
}

/** Returns a spread as `mean ± standard deviation` in percent, or the mean alone for a single repeat. */
export function spreadText({ mean, standardDeviation }: Spread): string {
  return standardDeviation === null
    ? percent(mean)
    : `${percent(mean)} ± ${roundedPercent(standardDeviation)}`;
}

/** Returns two accuracies with enough decimals to show their difference, and the difference in points. */
export function differingPercents(
  before: number,
  after: number,
): readonly [before: string, after: string, points: string] {
  for (let decimals = DECIMALS; decimals <= MOST_DECIMALS; decimals++) {
    const [left, right] = [before, after].map((fraction) => (fraction * 100).toFixed(decimals));
    if (left === right) continue;
    return [`${left} %`, `${right} %`, (Math.abs(after - before) * 100).toFixed(decimals)];
  }
  return [percent(before), percent(after), "less than 0.00000001"];
}
