import { canonicalJson } from "../../core/numbers/digest.ts";
import type { DuplicatePoint } from "../../experiment/declaration/grid.ts";
import type { AxisValue } from "../../experiment/trial/trial.ts";
import { axisText } from "../summary/axis_text.ts";
import { pointKey } from "../summary/rank_points.ts";
import type { Summary } from "../summary/summary.ts";

/** Options of {@link repeatedValues}. */
export interface RepeatedOptions {
  /** Returns a value of an axis as text. Default: {@link axisText}, which does not shorten. */
  readonly valueText?: (value: AxisValue) => string;
}

/** Returns a text for each value that an axis has more than once, such as `hidden=8 is declared twice`. */
export function repeatedValues(
  { grid }: Pick<Summary["experiment"], "grid">,
  { valueText = axisText }: RepeatedOptions = {},
): readonly string[] {
  return Object.entries(grid).flatMap(([axis, values]) =>
    [...Map.groupBy(values, (value) => canonicalJson(value)).values()]
      .filter(({ length }) => length > 1)
      .map(([value, ...more]) =>
        `${axis}=${valueText(value)} is declared ${more.length === 1 ? "twice" : `${more.length + 1} times`}`
      )
  );
}

/** Returns the points that have the trials of another point; a value that is declared again gives the same point. */
export function equalPoints(duplicates: readonly DuplicatePoint[]): readonly DuplicatePoint[] {
  return duplicates.filter(({ point, sameAs }) => pointKey(point) !== pointKey(sameAs));
}
