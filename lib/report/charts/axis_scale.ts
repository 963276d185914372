import { log } from "../../core/numbers/exp_log.ts";
import { extent } from "../../core/numbers/extent.ts";
import type { AxisValue } from "../../experiment/trial/trial.ts";
import { sortedValues } from "../evidence/varied_axes.ts";

/** The scale of an axis: linear or logarithmic for numbers, ordinal for others. */
export type AxisScale = "linear" | "log" | "ordinal";

const LOG_RANGE = 10;
const MARGIN = 4;
const RATE = /rate|decay|scale|reg/i;

/** Returns the scale of an axis: logarithmic for rates and for values that span a power of ten. */
export function axisScale(axis: string, { values }: { readonly values: readonly AxisValue[] }): AxisScale {
  const numbers = values.filter((value) => typeof value === "number");
  if (numbers.length < values.length || new Set(numbers).size < 2) return "ordinal";
  const [low, high] = extent(numbers);
  // An axis has a margin, which overflows if the range is near the largest number.
  if (low <= 0) return Number.isFinite(MARGIN * (high - low)) ? "linear" : "ordinal";
  return high / low >= LOG_RANGE || RATE.test(axis) ? "log" : "linear";
}

/** Returns the position of each value of an axis, from 0 to 1. */
export function axisPositions(
  axis: string,
  { values }: { readonly values: readonly AxisValue[] },
): ReadonlyMap<AxisValue, number> {
  const scale = axisScale(axis, { values });
  if (scale === "ordinal") {
    const last = Math.max(1, values.length - 1);
    return new Map(values.map((value, index) => [value, values.length === 1 ? 0.5 : index / last]));
  }
  const place = (value: AxisValue) => scale === "log" ? log(Number(value)) : Number(value);
  const places = values.map(place);
  const [low, high] = extent(places);
  return new Map(values.map((value) => [value, (place(value) - low) / (high - low)]));
}

/** Returns the axes of a grid that have more than one value, in the grid's order. */
export function variedAxes(
  grid: Readonly<Record<string, readonly AxisValue[]>>,
): readonly (readonly [string, readonly AxisValue[]])[] {
  return Object.entries(grid).filter(([, values]) => values.length > 1)
    .map(([axis, values]) => [axis, sortedValues(values)]);
}
