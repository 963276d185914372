import { InputError } from "../../core/check/errors.ts";
import { show } from "../../core/check/fields.ts";
import { listed } from "../../core/text/listed.ts";
import type { ExperimentFacts } from "../../experiment/declaration/experiment.ts";
import type { Grid } from "../../experiment/declaration/grid.ts";
import type { AxisValue, Point, Trial } from "../../experiment/trial/trial.ts";
import { axisText } from "../../report/summary/axis_text.ts";
import { pointKey } from "../../report/summary/rank_points.ts";

const MOST_SHOWN = 20;

/** Restricts a run to the points that have one of the values on the axis. */
export interface AxisFilter {
  readonly axis: string;
  /** As given by the user. */
  readonly value: string;
}

/**
 * Returns the trials whose points pass the filters: on each filtered axis, one of the given values. If a duplicate
 * point passes, the trials that it shares are included.
 *
 * @throws {InputError} If there is no such axis, or no such value on it.
 */
export function chooseTrials(
  grid: Grid,
  { only, experiment }: { readonly only: readonly AxisFilter[]; readonly experiment: ExperimentFacts },
): readonly Trial[] {
  const wanted = new Map<string, readonly AxisValue[]>();
  for (const { axis, value } of only) {
    wanted.set(axis, [...wanted.get(axis) ?? [], findValue(experiment, { axis, value })]);
  }
  const passes = (point: Point) => [...wanted].every(([axis, values]) => values.includes(point[axis]));
  const shared = new Set(
    grid.duplicates.filter(({ point }) => passes(point)).map(({ sameAs }) => pointKey(sameAs)),
  );
  return grid.trials.filter(({ point }) => passes(point) || shared.has(pointKey(point)));
}

function findValue({ grid }: ExperimentFacts, { axis, value }: AxisFilter): AxisValue {
  if (!Object.hasOwn(grid, axis)) {
    throw new InputError(
      `Cannot choose trials: --only must name an axis (${valuesText(Object.keys(grid), String)}), found ${
        show(axis)
      }`,
    );
  }
  // An exact text has priority, since an axis may have both the text "8.0" and the number 8.
  const same = grid[axis].findIndex((candidate) => axisText(candidate) === value);
  const at = same !== -1
    ? same
    : grid[axis].findIndex((candidate) =>
      typeof candidate === "number" && value.trim() !== "" && Number(value) === candidate
    );
  if (at !== -1) return grid[axis][at];
  throw new InputError(
    `Cannot choose trials: --only ${axis} must be one of ${valuesText(grid[axis])}, found ${show(value)}`,
  );
}

function valuesText(values: readonly AxisValue[], text = valueText): string {
  return listed(values, { most: MOST_SHOWN, show: text });
}

function valueText(value: AxisValue): string {
  return typeof value === "string" ? show(value) : axisText(value);
}
