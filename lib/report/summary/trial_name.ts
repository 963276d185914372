import type { AxisValue, Point, Trial } from "../../experiment/trial/trial.ts";
import { axisText } from "./axis_text.ts";

/** Options of {@link pointName}. */
export interface NameOptions {
  /** Returns a value of an axis as text. Default: {@link axisText}, which does not shorten. */
  readonly valueText?: (value: AxisValue) => string;
}

/** Returns the name of a point for readers: `axis=value` pairs, or "the only point" if there are no axes. */
export function pointName(point: Point, { valueText = axisText }: NameOptions = {}): string {
  return Object.entries(point).map(([axis, value]) => `${axis}=${valueText(value)}`).join(", ") ||
    "the only point";
}

/** Returns the name of a trial for readers: its point, its repeat unless that is the first, and its fold if it has one. */
export function trialName(
  { point, repeat, fold }: Pick<Trial, "point" | "repeat" | "fold">,
  options: NameOptions = {},
): string {
  const name = pointName(point, options);
  const run = [
    ...repeat === 0 ? [] : [`repeat ${repeat}`],
    ...fold === undefined ? [] : [`fold ${fold}`],
  ].join(", ");
  return run === "" ? name : `${name} (${run})`;
}
