import { deepFreeze } from "../../core/check/deep_freeze.ts";
import { InputError } from "../../core/check/errors.ts";
import {
  aBoolean,
  anything,
  checkFields,
  type Rule,
  someText,
  wholeNumber,
} from "../../core/check/fields.ts";
import type { MetricName } from "../../core/facts/metric.ts";
import type { DataSpec } from "../../data/base/data_spec.ts";
import { declaredKind } from "../../data/base/predicted.ts";
import { resolveMetrics } from "../../nn/training/metrics/resolve_metrics.ts";
import { checkGrid } from "./check_grid.ts";
import { checkText } from "./check_text.ts";
import { checkedData } from "./checked_data.ts";
import type { Axes } from "./axis_label.ts";
import type { AnyExperiment, Experiment, PointData, PointOf, TrialSettings } from "./experiment.ts";
import { checkGate, type GateSpec } from "./gate_spec.ts";
import { isPointSet, type PointSet } from "./point_set.ts";
import { declaredSearch, type Search } from "./search.ts";
import { axesOf } from "./shape.ts";
import type { Skip } from "./skip.ts";

/** The declaration of an {@link Experiment}, in which `repeats` is optional. */
export interface ExperimentDeclaration<A extends Axes, D extends PointData<PointOf<A>> = DataSpec> {
  /** See {@link Experiment}. */
  readonly name: string;
  /** See {@link Experiment}. */
  readonly question: string;
  /** See {@link Experiment}. */
  readonly conclusion?: string;
  /** See {@link Experiment}. */
  readonly gate?: GateSpec;
  /** What is measured on validation besides what always is, in any order. Default: nothing. */
  readonly metrics?: readonly MetricName[];
  /** See {@link Experiment}; it is measured even if `metrics` lacks it. */
  readonly select?: MetricName;
  /** See {@link Experiment}. */
  readonly seed: number;
  /** See {@link Experiment}. Default: 1. */
  readonly repeats?: number;
  /** See {@link Experiment}. Default: false. */
  readonly ensemble?: boolean;
  /** See {@link Experiment}. Given an axis, such as the number of training rows, a function of the point returns its data. */
  readonly data: D;
  /** See {@link Experiment}; made by {@link halving} or {@link hyperband}. */
  readonly search?: Search;
  /** See {@link Experiment}. */
  readonly grid: A;
  /** See {@link Experiment}. */
  readonly trial: (point: PointOf<A>) => TrialSettings | Skip;
}

/** The declaration of an {@link Experiment} whose points are a set, made by `product`, `zip` and `union`. */
export interface PointsDeclaration<P, D extends PointData<P> = DataSpec>
  extends Omit<ExperimentDeclaration<Axes>, "data" | "grid" | "trial"> {
  /** See {@link Experiment}. */
  readonly data: D;
  /** See {@link Experiment}. */
  readonly points: PointSet<P>;
  /** See {@link Experiment}. An axis that only some points have is undefined in the others. */
  readonly trial: (point: P) => TrialSettings | Skip;
}

/**
 * Declares an experiment: a grid search over nets and solvers on one data set, or on those of a function of the point. An
 * experiment file exports it by default.
 *
 * The types of the axes are inferred from `grid`, so that `trial` knows them.
 *
 * @throws {InputError} `Cannot define an experiment: <field> must be ..., found ...`.
 *
 * @example
 * ```ts
 * import { blobs, defineExperiment } from "@seedbed/seedbed";
 *
 * export default defineExperiment({
 *   name: "blobs_learning_rate",
 *   question: "Which learning rate separates three blobs?",
 *   seed: 231,
 *   data: blobs({ numClasses: 3, inputDim: 2, spread: 0.3, train: 300, validation: 100, test: 100 }),
 *   grid: { learningRate: [1e-3, 1e-2] },
 *   trial: ({ learningRate }) => ({
 *     model: { hiddenDims: [16], weightScale: "he" },
 *     solver: { optimizer: { name: "adam", learningRate }, batchSize: 50, epochs: 4 },
 *   }),
 * });
 * ```
 */
export function defineExperiment<const A extends Axes, D extends PointData<PointOf<A>>>(
  declaration: ExperimentDeclaration<A, D>,
): Experiment<A, D>;
/** As above, with a set of points in place of a grid. */
export function defineExperiment<P, D extends PointData<P>>(
  declaration: PointsDeclaration<P, D>,
): Experiment<Axes, D extends DataSpec ? D : PointData<PointOf<Axes>>>;
export function defineExperiment(
  declaration: Omit<ExperimentDeclaration<Axes>, "data" | "grid" | "trial"> & {
    readonly data: unknown;
    readonly trial: unknown;
  },
): AnyExperiment {
  const action = "define an experiment";
  checkFields(declaration, {
    action,
    path: "",
    required: {
      name: experimentName,
      question: someText,
      seed: wholeNumber({ min: 0 }),
      data: aDataSpec,
      trial: aFunction,
    },
    optional: {
      repeats: wholeNumber({ min: 1 }),
      ensemble: aBoolean,
      grid: anything,
      points: aPointSet,
      conclusion: someText,
      gate: anything,
      search: anything,
      metrics: anything,
      select: anything,
    },
  });
  const { name, question, conclusion, gate, seed, repeats = 1, ensemble = false } = declaration;
  const search = declaration.search === undefined
    ? undefined
    : declaredSearch(declaration.search, { action });
  const { grid, points } = readPoints(declaration, { action });
  const data = typeof declaration.data === "function"
    ? declaration.data as PointData<PointOf<Axes>>
    : checkedData(declaration.data, { action });
  if (typeof data !== "function") checkEnsemble({ ensemble, repeats }, { action, folds: data.folds });
  checkText(question, { action, path: "question", hasLines: true });
  if (conclusion !== undefined) checkText(conclusion, { action, path: "conclusion", hasLines: true });
  const kind = typeof data === "function" ? {} : { kind: declaredKind(data) };
  const measured = resolveMetrics(declaration, { action, path: "", ...kind });
  if (gate !== undefined) checkGate(gate, { action, select: measured.select });
  const optional = {
    ...points === undefined ? {} : { points },
    ...conclusion === undefined ? {} : { conclusion },
    ...gate === undefined ? {} : { gate },
    ...search === undefined ? {} : { search },
    ...ensemble ? { ensemble } : {},
    ...measured,
  };
  return deepFreeze({
    name,
    question,
    ...optional,
    seed,
    repeats,
    data,
    grid,
    trial: declaration.trial as Experiment<Axes>["trial"],
  });
}

/**
 * Checks that a point whose nets predict together has at least two.
 *
 * @throws {InputError} If it has one repeat and no folds.
 */
export function checkEnsemble(
  { ensemble, repeats }: { readonly ensemble?: boolean; readonly repeats: number },
  { action, folds }: { readonly action: string; readonly folds?: number },
): void {
  if (ensemble !== true || repeats > 1 || folds !== undefined) return;
  throw new InputError(
    `Cannot ${action}: ensemble must be false where a point has one net, found true; repeats from 2 on or data.folds ` +
      "give it several",
  );
}

interface Declared {
  readonly grid: Axes;
  readonly points?: PointSet;
}

/** Returns the axes, and the set of points if they are not every combination of these. */
function readPoints(declaration: object, place: { readonly action: string }): Declared {
  const { grid, points } = declaration as { readonly grid?: Axes; readonly points?: PointSet };
  if ((grid === undefined) === (points === undefined)) {
    const found = grid === undefined ? "neither" : "both";
    throw new InputError(`Cannot ${place.action}: it must have either grid or points, found ${found}`);
  }
  const axes = points === undefined ? grid! : axesOf(points.shape, place);
  checkGrid(axes, place);
  return points === undefined ? { grid: axes } : { grid: axes, points };
}

const aPointSet: Rule = { expected: "what product, zip or union returns", accepts: isPointSet };

const experimentName: Rule = {
  expected: "lower-case letters, digits and underscores, a letter first",
  accepts: (value) => typeof value === "string" && /^[a-z][a-z0-9_]*$/.test(value),
};

const aDataSpec: Rule = {
  expected: "what mnist, cifar10, csvDataset or blobs returns, or a function of a point that returns one",
  accepts: (value) =>
    typeof value === "function" || (typeof value === "object" && value !== null && "kind" in value),
};

const aFunction: Rule = { expected: "a function", accepts: (value) => typeof value === "function" };
