import { formatFloat64 } from "../../core/text/number_text.ts";
import type { AxisValue, Point } from "../../experiment/trial/trial.ts";

/** Returns a value of an axis as text, which is the same on every engine. */
export function axisText(value: AxisValue): string {
  return typeof value === "number" ? formatFloat64(value) : String(value);
}

/** Returns a point as `axis=value` pairs. */
export function pointText(point: Point): string {
  return Object.entries(point).map(([axis, value]) => `${axis}=${axisText(value)}`).join(", ");
}
