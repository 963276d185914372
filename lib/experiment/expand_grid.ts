import { canonicalJson, digestJson, type Json } from "../core/digest.ts";
import { InputError } from "../core/errors.ts";
import { anything, checkFields, show } from "../core/fields.ts";
import { NUMERICS_VERSION } from "../core/numerics_version.ts";
import { resolveModel } from "../nn/resolve_model.ts";
import { resolveSolver } from "../nn/resolve_solver.ts";
import type { Axes, Experiment } from "./experiment.ts";
import type { DuplicatePoint, Grid } from "./grid.ts";
import type { AxisValue, Point, Trial } from "./trial.ts";

/**
 * Expands an experiment's grid into its trials, in grid order: the last axis fastest, then the repeats.
 *
 * A trial's id is a digest of what decides its result and of nothing else, so that widening or reordering an axis,
 * renaming one or adding a repeat changes no other trial. Points that come to the same trial run once.
 *
 * @param options.dataDigest SHA-256 that identifies the data and their splits.
 * @throws {InputError} If `trial` throws at a point or returns something wrong, with the point and the field's path.
 */
export function expandGrid<A extends Axes>(
  experiment: Experiment<A>,
  { dataDigest }: { readonly dataDigest: string },
): Grid {
  const trials = new Map<string, Trial>();
  const duplicates: DuplicatePoint[] = [];
  for (const point of pointsOf(experiment.grid)) {
    const settings = settingsAt(experiment, point);
    for (let repeat = 0; repeat < experiment.repeats; repeat++) {
      const id = trialId({ ...settings, dataDigest, seed: experiment.seed, repeat });
      const earlier = trials.get(id);
      if (earlier === undefined) {
        trials.set(id, { id, point, repeat, seed: experiment.seed, data: experiment.data, ...settings });
      } else if (repeat === 0) {
        duplicates.push({ point, sameAs: earlier.point });
      }
    }
  }
  return { trials: [...trials.values()], duplicates };
}

/** Writes a point as `axis=value` pairs, for messages. */
export function pointText(point: Point): string {
  const pairs = Object.entries(point).map(([axis, value]) => `${axis}=${canonicalJson(value)}`);
  return pairs.length === 0 ? "(no axes)" : pairs.join(" ");
}

function pointsOf(grid: Axes): Point[] {
  let points: Record<string, AxisValue>[] = [{}];
  for (const [axis, values] of Object.entries(grid)) {
    points = points.flatMap((point) => values.map((value) => ({ ...point, [axis]: value })));
  }
  return points;
}

type Settings = Pick<Trial, "model" | "solver">;

function settingsAt<A extends Axes>(experiment: Experiment<A>, point: Point): Settings {
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

interface Identity extends Settings {
  readonly dataDigest: string;
  readonly seed: number;
  readonly repeat: number;
}

function trialId({ dataDigest, model, solver, seed, repeat }: Identity): string {
  const identity = { data: dataDigest, model, solver, seed, repeat, numerics: NUMERICS_VERSION };
  return digestJson(identity as unknown as Json).slice(0, 16);
}
