import { heldOut } from "../../statistics/held_out.ts";
import { meanInterval } from "../../statistics/mean_interval.ts";
import type { NumberMeasures } from "../../experiment/trial/inspection.ts";
import type { Metric } from "./metric.ts";
import { differingPercents, percent, points, signedPoints, spreadText } from "./percent.ts";
import type { Spread } from "./summary.ts";

type Written = Pick<Metric, "format">;

/** Returns a value of a metric as text: percent with two decimals, or four significant digits. */
export function metricText(value: number, { format }: Written): string {
  return format === "percent" ? percent(value) : numberText(value);
}

/** Returns a number in the units of its target as text: four significant digits. */
export function numberText(value: number): string {
  return value.toPrecision(4);
}

/** Returns the errors of numbers as text. */
export function numbersText({ rmse, mae, r2 }: NumberMeasures): string {
  return [["RMSE", rmse], ["MAE", mae], ["R²", r2]]
    .map(([name, value]) => `${name} ${numberText(value as number)}`).join(", ");
}

/** Returns a value of a metric as text; "" for none. */
export function metricTextOrNone(value: number | null | undefined, metric: Written): string {
  return value == null ? "" : metricText(value, metric);
}

/** Returns values of a metric as their mean with the half width of its 95 % interval, as {@link spreadText} does. */
export function metricSpreadText(spread: Pick<Spread, "values" | "folds">, metric: Written): string {
  if (metric.format === "percent") return spreadText(spread);
  const { mean, halfWidth } = meanInterval(spread.values, heldOut(spread))!;
  const text = metricText(mean, metric);
  return halfWidth === null ? text : `${text} ± ${sizeText(halfWidth, metric)}`;
}

/** Returns two values of a metric with enough digits to show their difference, and the size of that. */
export function differingTexts(
  before: number,
  after: number,
  metric: Written,
): readonly [before: string, after: string, size: string] {
  if (metric.format === "percent") return differingPercents(before, after);
  for (let digits = 4; digits <= MOST_DIGITS; digits++) {
    const [left, right] = [before.toPrecision(digits), after.toPrecision(digits)];
    if (left !== right) return [left, right, sizeText(after - before, metric)];
  }
  return [String(before), String(after), sizeText(after - before, metric)];
}

const MOST_DIGITS = 17;

/** Returns the size of a difference of values without its sign: in percentage points, or three significant digits. */
export function sizeText(difference: number, { format }: Written): string {
  return format === "percent" ? points(difference) : Math.abs(difference).toPrecision(3);
}

/** Returns a difference of values with its sign, as {@link sizeText} writes its size. */
export function signedText(difference: number, metric: Written): string {
  if (metric.format === "percent") return signedPoints(difference);
  const text = sizeText(difference, metric);
  return difference === 0 ? text : `${difference < 0 ? "−" : "+"}${text}`;
}

/** Returns what follows a difference in a text: " points" for percentages, else nothing. */
export function unitText({ format }: Written): string {
  return format === "percent" ? " points" : "";
}

/** Returns what follows the name of a difference in a head: ", points" for percentages, else nothing. */
export function unitOfHead({ format }: Written): string {
  return format === "percent" ? ", points" : "";
}
