import { InputError } from "../../core/check/errors.ts";
import { anything, checkFields, show } from "../../core/check/fields.ts";
import { measuresNumbers, type TargetKind } from "../../core/facts/metric.ts";
import { shortened } from "../../core/text/shortened.ts";
import type { DataSpec } from "../../data/base/data_spec.ts";
import { declaredKind } from "../../data/base/predicted.ts";
import { sourceOf } from "../../data/data_sources.ts";
import { leastTrainingRows } from "../../data/folds/fold_sizes.ts";
import { resolveModel } from "../../nn/net/resolve_model.ts";
import { checkAugmentation } from "../../nn/training/augmentation/check_augmentation.ts";
import { checkLastBatch } from "../../nn/training/last_batch.ts";
import {
  checkMetricClasses,
  checkMetricKind,
  type MetricsSpec,
} from "../../nn/training/metrics/resolve_metrics.ts";
import { resolveSolver } from "../../nn/training/resolve_solver.ts";
import { type Axes, axisValue } from "../declaration/axis_label.ts";
import { checkedData } from "../declaration/checked_data.ts";
import type { AnyExperiment, PointOf, TrialSettings } from "../declaration/experiment.ts";
import type { Search } from "../declaration/search.ts";
import { type Skip, skipReason } from "../declaration/skip.ts";
import { checkTrialClasses } from "../trial/check_trial_classes.ts";
import type { Point, Trial } from "../trial/trial.ts";
import type { DeclaredPoint } from "./expand_shape.ts";
import { pointText } from "./point_text.ts";

/** The data, the model and the solver of a point, defaults filled in. */
export type PointSettings = Pick<Trial, "data" | "model" | "solver">;

/** A point, and what its labels stand for. */
export interface PointPlace {
  readonly point: Point;
  /** The values that the labels of the point stand for. */
  readonly values: DeclaredPoint;
}

/** Returns the settings of a point, or why it is skipped; then its data are not asked for. */
export function settingsAt<A extends Axes>(
  experiment: AnyExperiment<A>,
  { point, values }: PointPlace,
): PointSettings | Skip {
  const action = `expand ${experiment.name} at ${pointText(point)}`;
  const given = Object.fromEntries(
    Object.entries(values).map(([axis, value]) => [axis, axisValue(value)]),
  ) as PointOf<A>;
  const settings = called("trial", { action, call: () => experiment.trial(given) });
  const reason = readSkip(settings, { action });
  if (reason !== null) return { skip: reason };
  const { metrics, select } = experiment;
  const measured = { ...metrics === undefined ? {} : { metrics }, ...select === undefined ? {} : { select } };
  const data = dataAt(experiment, { given, action });
  const kind = declaredKind(data);
  checkMetricKind(measured, { action, path: "", kind });
  if (kind === "numbers" && !measuresNumbers(measured)) {
    throw new InputError(
      `Cannot ${action}: metrics must have "validationRmse" where the data of a point have a target, found ${
        show(metrics)
      }`,
    );
  }
  const { model, solver } = readSettings(settings as TrialSettings, { action, measured, kind });
  checkRungs(solver, { search: experiment.search, action });
  checkAugmentation(solver.augmentation, { action, image: sourceOf(data).image });
  // What is not declared is checked once the data are loaded.
  const numClasses = sourceOf(data).countClasses(data);
  if (numClasses !== null) {
    checkMetricClasses(measured, { action, path: "", numClasses });
    checkTrialClasses({ solver }, { action, numClasses });
  }
  const most = leastTrainingRows(data);
  if (most !== null && solver.batchSize > most) {
    const what = data.folds === undefined
      ? `data.train, which is ${most}`
      : `the training rows of each of the ${data.folds} folds, which are ${most} in the smallest`;
    throw new InputError(
      `Cannot ${action}: solver.batchSize must be at most ${what}, found ${solver.batchSize}`,
    );
  }
  if (most !== null && data.folds === undefined) {
    const hasBatchNormalization = model.normalization === "batchnorm" && model.hiddenDims.length > 0;
    checkLastBatch(solver, { action, rows: most, hasBatchNormalization });
  }
  return { data, model, solver };
}

interface OfSearch {
  readonly search: Search | undefined;
  readonly action: string;
}

/** A trial of a search may stop at each rung but the last, at which it ends. */
function checkRungs({ epochs }: PointSettings["solver"], { search, action }: OfSearch): void {
  const last = search?.epochs.at(-1) ?? epochs;
  if (epochs === last) return;
  throw new InputError(
    `Cannot ${action}: solver.epochs must be the last of search.epochs, which is ${last}, found ${epochs}`,
  );
}

function dataAt<A extends Axes>(
  { data }: AnyExperiment<A>,
  { given, action }: { readonly given: PointOf<A>; readonly action: string },
): DataSpec {
  if (typeof data !== "function") return data;
  const returned = called("data", { action, call: () => data(given) });
  const check = (spec: unknown) => checkedData(spec, { action });
  try {
    return readable(() => check(check(returned)), { action, name: "data" });
  } catch (error) {
    // Sources do not know for which point their fields are.
    const wrong = error instanceof InputError && error.message.startsWith(OF_SOURCE);
    throw wrong ? new InputError(`Cannot ${action}: ${error.message.slice(OF_SOURCE.length)}`) : error;
  }
}

const OF_SOURCE = "Cannot use data: ";

interface Call<T> {
  readonly action: string;
  readonly call: () => T;
}

function called<T>(name: string, { action, call }: Call<T>): T {
  try {
    return call();
  } catch (error) {
    throw new InputError(`Cannot ${action}: its ${name} function threw, ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

function readSkip(returned: unknown, { action }: { readonly action: string }): string | null {
  return readable(() => skipReason(returned), { action, name: "trial" });
}

/** The result of the function may have code: a getter may throw, or return another value each time. */
function readSettings(
  settings: TrialSettings,
  { action, measured, kind }: Measuring,
): Pick<PointSettings, "model" | "solver"> {
  const resolve = ({ model, solver }: TrialSettings) => ({
    model: resolveModel(model, { action }),
    solver: resolveSolver(solver, { action, measured, kind }),
  });
  return readable(() => {
    checkFields(settings, { action, path: "", required: { model: anything, solver: anything } });
    // The second check sees plain data, whose values cannot change between reads.
    const { model, solver: { metrics: _metrics, select: _select, ...solver } } = resolve(settings);
    return resolve({ model, solver });
  }, { action, name: "trial" });
}

interface Measuring {
  readonly action: string;
  /** What the experiment measures and selects. */
  readonly measured: MetricsSpec;
  /** What is predicted of the rows of its data. */
  readonly kind: TargetKind;
}

interface Reading {
  readonly action: string;
  /** The name of the function whose result is read. */
  readonly name: string;
}

function readable<T>(read: () => T, { action, name }: Reading): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) throw error;
    const what = `what its ${name} function returned cannot be read`;
    throw new InputError(`Cannot ${action}: ${what}, ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? shortened(error.message) : show(error);
}
