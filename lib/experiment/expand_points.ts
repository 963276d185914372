import { canonicalJson } from "../core/digest.ts";
import { InputError } from "../core/errors.ts";
import { anything, checkFields, show } from "../core/fields.ts";
import { resolveModel } from "../nn/resolve_model.ts";
import { resolveSolver } from "../nn/resolve_solver.ts";
import type { Axes, Experiment, ExperimentFacts } from "./experiment.ts";
import { MOST_TRIALS } from "./grid.ts";
import type { AxisValue, Point, Trial } from "./trial.ts";

/** An experiment as plain data: what it declares, and what its `trial` function returned at each point. */
export interface Declaration {
  /** All of it but the `trial` function. */
  readonly experiment: ExperimentFacts;
  /** The model and the solver of each point, defaults filled in, in the order of {@link gridPoints}. */
  readonly settings: readonly PointSettings[];
}

/** What a point trains, and how; defaults filled in. */
export type PointSettings = Pick<Trial, "model" | "solver">;

/** How {@link expandPoints} proceeds. */
export interface ExpandOptions {
  /** Whether the last point is expanded first. The result has the same order either way. Default: false. */
  readonly isReversed?: boolean;
  /** Called before the `trial` function is, with the index of the point. */
  readonly onPoint?: (index: number) => void;
}

/**
 * Calls an experiment's `trial` function at each point of its grid and checks what it returns.
 *
 * @throws {InputError} If the grid has too many trials, or if `trial` throws at a point or returns something wrong, with
 * the point and the field's path.
 */
export function expandPoints<A extends Axes>(
  experiment: Experiment<A>,
  { isReversed = false, onPoint = () => {} }: ExpandOptions = {},
): Declaration {
  const { trial: _, ...facts } = experiment;
  checkSize(facts);
  const points = gridPoints(facts.grid);
  const settings = new Array<PointSettings>(points.length);
  for (let step = 0; step < points.length; step++) {
    const index = isReversed ? points.length - 1 - step : step;
    onPoint(index);
    settings[index] = settingsAt(experiment, points[index]);
  }
  return { experiment: facts, settings };
}

/** Returns the points of a grid: the last axis fastest. */
export function gridPoints(grid: Axes): readonly Point[] {
  let points: Record<string, AxisValue>[] = [{}];
  for (const [axis, values] of Object.entries(grid)) {
    points = points.flatMap((point) => values.map((value) => ({ ...point, [axis]: value })));
  }
  return points;
}

/** Writes a point as `axis=value` pairs, for messages. */
export function pointText(point: Point): string {
  const pairs = Object.entries(point).map(([axis, value]) => `${axis}=${canonicalJson(value)}`);
  return pairs.length === 0 ? "(no axes)" : pairs.join(" ");
}

function checkSize({ name, grid, repeats }: ExperimentFacts): void {
  const sizes = Object.values(grid).map(({ length }) => length);
  const trials = sizes.reduce((product, size) => product * size, repeats);
  if (trials <= MOST_TRIALS) return;
  const factors = [...sizes, ...repeats === 1 ? [] : [`${repeats} repeats`]].join(" x ");
  throw new InputError(
    `Cannot expand ${name}: its grid must have at most ${MOST_TRIALS} trials, found ${trials} (${factors}); ` +
      "fewer values on an axis make fewer",
  );
}

function settingsAt<A extends Axes>(experiment: Experiment<A>, point: Point): PointSettings {
  const action = `expand ${experiment.name} at ${pointText(point)}`;
  let settings;
  try {
    settings = experiment.trial(point as { readonly [K in keyof A]: A[K][number] });
  } catch (error) {
    const reason = error instanceof Error ? error.message : show(error);
    throw new InputError(`Cannot ${action}: its trial function threw, ${reason}`, { cause: error });
  }
  checkFields(settings, { action, path: "", required: { model: anything, solver: anything } });
  const model = resolveModel(settings.model, { action });
  const solver = resolveSolver(settings.solver, { action });
  if (solver.batchSize > experiment.data.train) {
    throw new InputError(
      `Cannot ${action}: solver.batchSize must be at most data.train, which is ${experiment.data.train}, found ` +
        `${solver.batchSize}`,
    );
  }
  return { model, solver };
}
