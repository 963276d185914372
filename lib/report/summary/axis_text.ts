import { formatFloat64 } from "../../core/text/number_text.ts";
import type { AxisValue, Point } from "../../experiment/trial/trial.ts";

/** Returns a value of an axis as text, which is the same on every engine; "" where a point does not have the axis. */
export function axisText(value: AxisValue | undefined): string {
  if (value === undefined) return "";
  return typeof value === "number" ? formatFloat64(value) : String(value);
}

/** Returns a point as `axis=value` pairs. */
export function pointText(point: Point): string {
  return Object.entries(point).map(([axis, value]) => `${axis}=${axisText(value)}`).join(", ");
}
