import { InputError } from "../../core/check/errors.ts";
import { canonicalJson, type Json } from "../../core/numbers/digest.ts";
import type { DataSpec } from "../../data/base/data_spec.ts";
import { type Axes, axisLabel } from "../declaration/axis_label.ts";
import type { AnyExperiment, ExperimentFacts, LabelledAxes, PointData } from "../declaration/experiment.ts";
import { checkEnsemble } from "../declaration/define_experiment.ts";
import { MOST_TRIALS, type SkippedPoint } from "../declaration/grid.ts";
import type { PointSet, PointShape } from "../declaration/point_set.ts";
import { sizeOf } from "../declaration/shape.ts";
import type { Skip } from "../declaration/skip.ts";
import type { Point } from "../trial/trial.ts";
import { type DeclaredPoint, expandShape } from "./expand_shape.ts";
import { type PointSettings, settingsAt } from "./settings_at.ts";

export type { PointSettings };

/** An experiment as plain data: its declaration, and the results of its functions at each point. */
export interface Declaration {
  /** Everything except the functions. */
  readonly experiment: ExperimentFacts;
  /** The points that run, in order; of a grid, the last axis fastest. */
  readonly points: readonly Point[];
  /** The data, the model and the solver of each of them, defaults filled in. */
  readonly settings: readonly PointSettings[];
  /** The points that do not run, in order. */
  readonly skipped: readonly SkippedPoint[];
}

const MOST_FACTORS = 8;

/** Options of {@link expandPoints}. */
export interface ExpandOptions {
  /** Whether the last point is expanded first. The result has the same order either way. Default: false. */
  readonly isReversed?: boolean;
  /** Called before the functions, with the index of the point. */
  readonly onPoint?: (index: number) => void;
}

/**
 * Calls an experiment's functions at each point of its grid, `trial` and then `data` if it is one, and checks what they
 * return. A grid has at most 100,000 trials.
 *
 * @throws {InputError} If the grid has too many trials, or if a function throws at a point or returns something wrong,
 * with the point and the field's path.
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
  experiment: AnyExperiment<A>,
  { isReversed = false, onPoint = () => {} }: ExpandOptions = {},
): Declaration {
  const { trial: _trial, points: _set, data: _data, grid: _grid, ...plain } = experiment;
  const grid = labelledAxes(experiment.grid);
  const shape = shapeOf(experiment);
  checkSize(experiment, shape);
  const axes = Object.keys(grid);
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
  const { settings, datasets } = shareData(
    outcomes.filter((outcome): outcome is PointSettings => !("skip" in outcome)),
  );
  checkSameFolds(datasets, { ...experiment, points: running.length });
  checkEnsemble(experiment, { action: `expand ${experiment.name}`, folds: datasets[0].folds });
  return {
    experiment: { ...plain, data: datasets[0], ...datasets.length === 1 ? {} : { datasets }, grid },
    points: running,
    settings,
    skipped: outcomes.flatMap((outcome, index) =>
      "skip" in outcome ? [{ point: points[index], reason: outcome.skip }] : []
    ),
  };
}

interface Folded extends Pick<ExperimentFacts, "name" | "repeats"> {
  readonly points: number;
}

/** A point is complete when all of its repeats and folds are, so that these are as many at each point. */
function checkSameFolds(
  [{ folds }, ...others]: readonly DataSpec[],
  { name, repeats, points }: Folded,
): void {
  const other = others.find((spec) => spec.folds !== folds);
  if (other !== undefined) {
    throw new InputError(
      `Cannot expand ${name}: data.folds must be the same at each point, found ${folds ?? "none"} and ${
        other.folds ?? "none"
      }`,
    );
  }
  const trials = repeats * (folds ?? 1) * points;
  if (trials > MOST_TRIALS) {
    throw new InputError(
      `Cannot expand ${name}: its grid must have at most ${MOST_TRIALS} trials, found ${trials} (${
        factorsText([`${points} points`], { repeats, folds })
      }); give an axis fewer values`,
    );
  }
}

interface SharedData {
  readonly settings: readonly PointSettings[];
  /** In the order of their first use. */
  readonly datasets: readonly DataSpec[];
}

/** Makes points with the same data share one spec, so that a message to another thread holds each once. */
function shareData(settings: readonly PointSettings[]): SharedData {
  const datasets = new Map<string, DataSpec>();
  const keys = new Map<DataSpec, string>();
  const shared = settings.map((point) => {
    const key = keys.get(point.data) ?? canonicalJson(point.data as unknown as Json);
    keys.set(point.data, key);
    const data = datasets.get(key) ?? point.data;
    datasets.set(key, data);
    return { ...point, data };
  });
  return { settings: shared, datasets: [...datasets.values()] };
}

/** Returns how the points of an experiment are made. */
export function shapeOf<A extends Axes>(
  { grid, points }: { readonly grid: A; readonly points?: PointSet },
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

interface Sized extends Pick<ExperimentFacts, "name" | "repeats"> {
  readonly data: PointData<never>;
}

function checkSize({ name, repeats, data }: Sized, shape: PointShape): void {
  // Folds that a function of the point declares are known once it was called.
  const folds = typeof data === "function" ? 1 : data.folds ?? 1;
  const trials = repeats * folds * sizeOf(shape);
  if (trials <= MOST_TRIALS) return;
  const sizes = shape.kind === "axes"
    ? Object.values(shape.axes).map(({ length }) => length)
    : [`${sizeOf(shape)} points`];
  const shown = sizes.length <= MOST_FACTORS
    ? sizes
    : [...sizes.slice(0, MOST_FACTORS), `${sizes.length - MOST_FACTORS} axes more`];
  const factors = factorsText(shown, { repeats, folds });
  throw new InputError(
    `Cannot expand ${name}: its grid must have at most ${MOST_TRIALS} trials, found ${trials} (${factors}); ` +
      "give an axis fewer values",
  );
}

interface Times {
  readonly repeats: number;
  readonly folds?: number;
}

function factorsText(sizes: readonly (number | string)[], { repeats, folds = 1 }: Times): string {
  return [
    ...sizes,
    ...repeats === 1 ? [] : [`${repeats} repeats`],
    ...folds === 1 ? [] : [`${folds} folds`],
  ].join(" x ");
}
