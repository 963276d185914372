import { InputError } from "../../core/check/errors.ts";
import { anything, checkFields, show } from "../../core/check/fields.ts";
import { canonicalJson } from "../../core/numbers/digest.ts";
import { shortened } from "../../core/text/shortened.ts";
import { resolveModel } from "../../nn/net/resolve_model.ts";
import { resolveSolver } from "../../nn/training/resolve_solver.ts";
import { type Axes, axisLabel, axisValue } from "../declaration/axis_label.ts";
import type {
  Experiment,
  ExperimentFacts,
  LabelledAxes,
  PointOf,
  TrialSettings,
} from "../declaration/experiment.ts";
import { MOST_TRIALS, type SkippedPoint } from "../declaration/grid.ts";
import type { PointShape } from "../declaration/point_set.ts";
import { sizeOf } from "../declaration/shape.ts";
import { type Skip, skipReason } from "../declaration/skip.ts";
import { type DeclaredPoint, expandShape } from "./expand_shape.ts";
import type { Point, Trial } from "../trial/trial.ts";

/** An experiment as plain data: its declaration, and the result of its `trial` function at each point. */
export interface Declaration {
  /** Everything except the `trial` function. */
  readonly experiment: ExperimentFacts;
  /** The points that run, in order; of a grid, the last axis fastest. */
  readonly points: readonly Point[];
  /** The model and the solver of each of them, defaults filled in. */
  readonly settings: readonly PointSettings[];
  /** The points that do not run, in order. */
  readonly skipped: readonly SkippedPoint[];
}

const MOST_FACTORS = 8;

/** The model and the solver of a point, defaults filled in. */
export type PointSettings = Pick<Trial, "model" | "solver">;

/** Options of {@link expandPoints}. */
export interface ExpandOptions {
  /** Whether the last point is expanded first. The result has the same order either way. Default: false. */
  readonly isReversed?: boolean;
  /** Called before the `trial` function, with the index of the point. */
  readonly onPoint?: (index: number) => void;
}

/**
 * Calls an experiment's `trial` function at each point of its grid and checks what it returns. A grid has at most 100,000
 * trials.
 *
 * @throws {InputError} If the grid has too many trials, or if `trial` throws at a point or returns something wrong, with
 * the point and the field's path.
 *
 * @example
 * ```ts
 * import { blobs, defineExperiment, expandPoints } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const experiment = defineExperiment({
 *   name: "blobs_width",
 *   question: "How wide a net separates three blobs?",
 *   seed: 231,
 *   data: blobs({ numClasses: 3, inputDim: 2, spread: 0.3, train: 300, validation: 100, test: 100 }),
 *   grid: { width: [4, 16] },
 *   trial: ({ width }) => ({
 *     model: { hiddenDims: [width] },
 *     solver: { optimizer: { name: "adam", learningRate: 1e-2 }, batchSize: 50, epochs: 4 },
 *   }),
 * });
 * const { settings } = expandPoints(experiment);
 * assertEquals(settings.map(({ model }) => [model.hiddenDims, model.weightScale]), [[[4], 1e-2], [[16], 1e-2]]);
 * ```
 */
export function expandPoints<A extends Axes>(
  experiment: Experiment<A>,
  { isReversed = false, onPoint = () => {} }: ExpandOptions = {},
): Declaration {
  const { trial: _, ...declared } = experiment;
  const { points: _set, ...plain } = declared;
  const facts = { ...plain, grid: labelledAxes(experiment.grid) };
  const shape = shapeOf(experiment);
  checkSize(facts, shape);
  const axes = Object.keys(facts.grid);
  const values = expandShape(shape);
  const points = values.map((point) => labelledPoint(point, axes));
  const outcomes = new Array<PointSettings | Skip>(points.length);
  for (let step = 0; step < points.length; step++) {
    const index = isReversed ? points.length - 1 - step : step;
    onPoint(index);
    outcomes[index] = settingsAt(experiment, { point: points[index], values: values[index] });
  }
  const isRun = (_: unknown, index: number) => !("skip" in outcomes[index]);
  const running = points.filter(isRun);
  if (running.length === 0) {
    throw new InputError(
      `Cannot expand ${experiment.name}: a point must run, found all ${points.length} skipped`,
    );
  }
  return {
    experiment: facts,
    points: running,
    settings: outcomes.filter((outcome): outcome is PointSettings => !("skip" in outcome)),
    skipped: outcomes.flatMap((outcome, index) =>
      "skip" in outcome ? [{ point: points[index], reason: outcome.skip }] : []
    ),
  };
}

/** Returns how the points of an experiment are made. */
export function shapeOf<A extends Axes>(
  { grid, points }: Pick<Experiment<A>, "grid" | "points">,
): PointShape {
  return points?.shape ?? { kind: "axes", axes: grid };
}

/** Returns a point with what stands for its values, in the order of the axes. */
function labelledPoint(point: DeclaredPoint, axes: readonly string[]): Point {
  return Object.fromEntries(
    axes.flatMap((axis) => Object.hasOwn(point, axis) ? [[axis, axisLabel(point[axis])]] : []),
  );
}

/** Returns the axes of a grid as plain data: what stands for each value. */
function labelledAxes(grid: Axes): LabelledAxes {
  return Object.fromEntries(Object.entries(grid).map(([axis, values]) => [axis, values.map(axisLabel)]));
}

/** Writes a point as `axis=value` pairs, for messages. */
export function pointText(point: Point): string {
  const pairs = Object.entries(point).map(([axis, value]) => `${axis}=${canonicalJson(value)}`);
  return pairs.length === 0 ? "(no axes)" : pairs.join(" ");
}

function checkSize({ name, repeats }: ExperimentFacts, shape: PointShape): void {
  const trials = repeats * sizeOf(shape);
  if (trials <= MOST_TRIALS) return;
  const sizes = shape.kind === "axes"
    ? Object.values(shape.axes).map(({ length }) => length)
    : [`${sizeOf(shape)} points`];
  const shown = sizes.length <= MOST_FACTORS
    ? sizes
    : [...sizes.slice(0, MOST_FACTORS), `${sizes.length - MOST_FACTORS} axes more`];
  const factors = [...shown, ...repeats === 1 ? [] : [`${repeats} repeats`]].join(" x ");
  throw new InputError(
    `Cannot expand ${name}: its grid must have at most ${MOST_TRIALS} trials, found ${trials} (${factors}); ` +
      "give an axis fewer values",
  );
}

interface Place {
  readonly point: Point;
  /** The values that the labels of the point stand for. */
  readonly values: DeclaredPoint;
}

function settingsAt<A extends Axes>(
  experiment: Experiment<A>,
  { point, values }: Place,
): PointSettings | Skip {
  const action = `expand ${experiment.name} at ${pointText(point)}`;
  let settings;
  try {
    const given = Object.fromEntries(Object.entries(values).map(([axis, value]) => [axis, axisValue(value)]));
    settings = experiment.trial(given as PointOf<A>);
  } catch (error) {
    throw new InputError(`Cannot ${action}: its trial function threw, ${reasonOf(error)}`, { cause: error });
  }
  const reason = readSkip(settings, { action });
  if (reason !== null) return { skip: reason };
  const { model, solver } = readSettings(settings as TrialSettings, { action });
  if (solver.batchSize > experiment.data.train) {
    throw new InputError(
      `Cannot ${action}: solver.batchSize must be at most data.train, which is ${experiment.data.train}, found ` +
        `${solver.batchSize}`,
    );
  }
  return { model, solver };
}

function readSkip(returned: unknown, { action }: { readonly action: string }): string | null {
  try {
    return skipReason(returned);
  } catch (error) {
    throw new InputError(
      `Cannot ${action}: what its trial function returned cannot be read, ${reasonOf(error)}`,
      {
        cause: error,
      },
    );
  }
}

/** The result of the function may have code: a getter may throw, or return another value each time. */
function readSettings(settings: TrialSettings, { action }: { readonly action: string }): PointSettings {
  const resolve = ({ model, solver }: TrialSettings) => ({
    model: resolveModel(model, { action }),
    solver: resolveSolver(solver, { action }),
  });
  try {
    checkFields(settings, { action, path: "", required: { model: anything, solver: anything } });
    // The second check sees plain data, whose values cannot change between reads.
    return resolve(resolve(settings));
  } catch (error) {
    if (error instanceof InputError) throw error;
    const what = "what its trial function returned cannot be read";
    throw new InputError(`Cannot ${action}: ${what}, ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? shortened(error.message) : show(error);
}
