import { meanInterval } from "../../statistics/mean_interval.ts";
import { heldOut } from "../../statistics/held_out.ts";
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

/** The head of a column of {@link spreadText}. */
export const SPREAD_MEANING = "mean ± 95 % interval";

/**
 * Returns a spread as its mean with the half width of its 95 % interval, in percent: the only meaning of ± in Seedbed.
 * Below three values there is no interval, and the mean stands alone.
 */
export function spreadText({ values, folds }: Pick<Spread, "values" | "folds">): string {
  const { mean, halfWidth } = meanInterval(values, heldOut({ folds }))!;
  return halfWidth === null ? percent(mean) : `${percent(mean)} ± ${roundedPercent(halfWidth)}`;
}

/** Returns a difference of fractions in percentage points, without its sign. */
export function points(difference: number): string {
  return (100 * Math.abs(difference)).toFixed(DECIMALS);
}

/** Returns a difference of fractions in percentage points, with its sign. */
export function signedPoints(difference: number): string {
  const text = points(difference);
  return Number(text) === 0 ? text : `${difference < 0 ? "−" : "+"}${text}`;
}

/** Returns a share as a whole percentage, with a decimal below 10 %. */
export function shareText(share: number): string {
  if (share < 0.001) return share < 1e-12 ? "0 %" : "below 0.1 %";
  return `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;
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
