import { extent } from "../../core/numbers/extent.ts";
import { log } from "../../core/numbers/exp_log.ts";
import { counted } from "../../core/text/counted.ts";
import type { Metric } from "../summary/metric.ts";
import { quantileOf } from "../../core/numbers/quantile.ts";

/** The values of a metric by epoch; NaN where it was not measured. */
export type MetricCurve = Float64Array;

/** The vertical range of a chart of curves. */
export interface CurveFrame {
  readonly low: number;
  readonly high: number;
  readonly isLog: boolean;
}

/** How far the bulk reaches beyond its quartiles, as a multiple of their distance: Tukey's far outliers lie outside. */
const REACH = 3;
/** The range of positive numbers from which on a logarithmic axis is easier to read. */
const LOG_RANGE = 8;
const LEAST_FRACTIONS = 0.02;

/**
 * Returns the range that holds the bulk of the values after epoch 0, whose values are those of an untrained net. The
 * best values are always inside; bad ones far from the quartiles are not.
 */
export function curveFrame(
  curves: readonly MetricCurve[],
  { metric }: { readonly metric: Metric },
): CurveFrame {
  const trained = finiteValues(curves.map((curve) => curve.subarray(1)));
  const values = trained.length > 0 ? trained : finiteValues(curves);
  if (values.length === 0) return { low: 0, high: 1, isLog: false };
  const [low, high] = bulkOf(values, { metric });
  if (metric.format === "percent") {
    const [below, above] = niceRange(low, Math.max(high, low + LEAST_FRACTIONS));
    return { low: Math.max(0, below), high: Math.min(1, above), isLog: false };
  }
  if (!metric.higherIsBetter && low > 0 && high / low > LOG_RANGE) return { low, high, isLog: true };
  const [below, above] = niceRange(Math.min(0, low), high === 0 && low === 0 ? 1 : Math.max(0, high));
  return { low: below, high: above, isLog: false };
}

function finiteValues(curves: readonly MetricCurve[]): Float64Array {
  const values = new Float64Array(curves.reduce((sum, { length }) => sum + length, 0));
  let count = 0;
  for (const curve of curves) {
    for (const value of curve) if (Number.isFinite(value)) values[count++] = value;
  }
  return values.subarray(0, count);
}

/**
 * Returns what gives the values of curves at an epoch, in the order of the curves, without those that have none there.
 * The next call uses the memory of the last one again.
 */
export function valuesByEpoch(curves: readonly MetricCurve[]): (epoch: number) => Float64Array {
  const values = new Float64Array(curves.length);
  return (epoch) => {
    let count = 0;
    for (const curve of curves) {
      const value = epoch < curve.length ? curve[epoch] : NaN;
      if (!Number.isNaN(value)) values[count++] = value;
    }
    return values.subarray(0, count);
  };
}

/**
 * Returns the range of values without bad ones that are far from the quartiles; there must be a value. The values are
 * reordered.
 */
export function bulkOf(
  values: Float64Array,
  { metric: { higherIsBetter, format } }: { readonly metric: Metric },
): readonly [low: number, high: number] {
  const [lowest, highest] = extent(values);
  // A loss falls by the same factor rather than by the same amount, so that its distances are ratios.
  const isRatio = format === "number" && !higherIsBetter && lowest > 0;
  const place = (value: number) => isRatio ? log(value) : value;
  const [first, third] = [place(quantileOf(values, 0.25)), place(quantileOf(values, 0.75))];
  const least = format === "percent" ? LEAST_FRACTIONS : isRatio ? log(2) : Math.abs(third - first);
  const reach = Math.max(REACH * (third - first), least);
  let [low, high] = [highest, lowest];
  for (const value of values) {
    if (higherIsBetter && value < low && place(value) >= first - reach) low = value;
    if (!higherIsBetter && value > high && place(value) <= third + reach) high = value;
  }
  return higherIsBetter ? [low, highest] : [lowest, high];
}

const MOST_STEPS = 6;

/** Widens a range to multiples of a step that is 1, 2 or 5 times a power of ten. */
function niceRange(low: number, high: number): readonly [low: number, high: number] {
  const least = (high - low) / MOST_STEPS;
  if (!(least > 0) || !Number.isFinite(least)) return [low, high];
  let power = 1;
  while (power > least) power /= 10;
  while (power * 10 <= least) power *= 10;
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= least) ?? least;
  const exact = (value: number) => Number(value.toPrecision(12));
  return [exact(Math.floor(exact(low / step)) * step), exact(Math.ceil(exact(high / step)) * step)];
}

const FAR = 3;

/** Returns what brings a value outside of a frame near it: a picture cannot hold coordinates of any size. */
export function nearFrame({ low, high, isLog }: CurveFrame): (value: number) => number {
  const span = high - low;
  const [least, most] = isLog ? [low / 1000, high * 1000] : [low - FAR * span, high + FAR * span];
  return (value) => Math.min(most, Math.max(least, value));
}

/** Returns a sentence about the values outside of a frame; empty if there are none. */
export function outsideText(curves: readonly MetricCurve[], { low, high }: CurveFrame): string {
  // Neither holds for NaN.
  const isOutside = (value: number) => value < low || value > high;
  const untrained = curves.filter(([first = NaN]) => isOutside(first)).length;
  const later = curves.filter((curve) => curve.some((value, epoch) => epoch > 0 && isOutside(value))).length;
  const parts = [
    ...untrained === 0 ? [] : [`epoch 0 of ${counted(untrained, "trial")}`],
    ...later === 0 ? [] : [`later values of ${counted(later, "trial")}`],
  ];
  return parts.length === 0 ? "" : ` Outside of the frame: ${parts.join(" and ")}.`;
}
