import { InputError } from "../../core/check/errors.ts";
import { anything, checkFields, show } from "../../core/check/fields.ts";
import { canonicalJson } from "../../core/numbers/digest.ts";
import { shortened } from "../../core/text/shortened.ts";
import { resolveModel } from "../../nn/net/resolve_model.ts";
import { resolveSolver } from "../../nn/training/resolve_solver.ts";
import type { Axes, Experiment, ExperimentFacts, TrialSettings } from "../declaration/experiment.ts";
import { MOST_TRIALS } from "../declaration/grid.ts";
import type { AxisValue, Point, Trial } from "../trial/trial.ts";

/** An experiment as plain data: its declaration, and the result of its `trial` function at each point. */
export interface Declaration {
  /** Everything except the `trial` function. */
  readonly experiment: ExperimentFacts;
  /** The model and the solver of each point, defaults filled in, in grid order: the last axis fastest. */
  readonly settings: readonly PointSettings[];
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
  const shown = sizes.length <= MOST_FACTORS
    ? sizes
    : [...sizes.slice(0, MOST_FACTORS), `${sizes.length - MOST_FACTORS} axes more`];
  const factors = [...shown, ...repeats === 1 ? [] : [`${repeats} repeats`]].join(" x ");
  throw new InputError(
    `Cannot expand ${name}: its grid must have at most ${MOST_TRIALS} trials, found ${trials} (${factors}); ` +
      "give an axis fewer values",
  );
}

function settingsAt<A extends Axes>(experiment: Experiment<A>, point: Point): PointSettings {
  const action = `expand ${experiment.name} at ${pointText(point)}`;
  let settings;
  try {
    settings = experiment.trial(point as { readonly [K in keyof A]: A[K][number] });
  } catch (error) {
    throw new InputError(`Cannot ${action}: its trial function threw, ${reasonOf(error)}`, { cause: error });
  }
  const { model, solver } = readSettings(settings, { action });
  if (solver.batchSize > experiment.data.train) {
    throw new InputError(
      `Cannot ${action}: solver.batchSize must be at most data.train, which is ${experiment.data.train}, found ` +
        `${solver.batchSize}`,
    );
  }
  return { model, solver };
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
