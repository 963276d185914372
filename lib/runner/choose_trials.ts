import { InputError } from "../core/errors.ts";
import type { Grid } from "../experiment/grid.ts";
import type { AxisValue, Point, Trial } from "../experiment/trial.ts";
import type { ExperimentFacts } from "../experiment/experiment.ts";
import { axisText } from "../report/axis_text.ts";
import { pointKey } from "../report/rank_points.ts";

/** Restricts a run to the points that have one of the values on the axis. */
export interface AxisFilter {
  readonly axis: string;
  /** As the user typed it. */
  readonly value: string;
}

/**
 * Returns the trials whose points pass the filters: on each axis named, one of the values named for it. A duplicate
 * point that passes brings the trials in that it shares.
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
      `Cannot choose trials: --only must name an axis (${Object.keys(grid).join(", ")}), found "${axis}"`,
    );
  }
  const found = grid[axis].find((candidate) =>
    typeof candidate === "number"
      ? value.trim() !== "" && Number(value) === candidate
      : String(candidate) === value
  );
  if (found === undefined) {
    throw new InputError(
      `Cannot choose trials: --only ${axis} must be one of ${grid[axis].map(axisText).join(", ")}, ` +
        `found "${value}"`,
    );
  }
  return found;
}
