import { anything, checkFields, type Rule, someText, wholeNumber } from "../../core/check/fields.ts";
import type { DataSpec } from "../../data/base/data_spec.ts";
import { declaredData } from "../../data/declared_data.ts";
import { checkGrid } from "./check_grid.ts";
import { checkText, checkTexts } from "./check_text.ts";
import type { Axes, Experiment, PointOf, TrialSettings } from "./experiment.ts";
import { checkGate, type GateSpec } from "./gate_spec.ts";

/** The declaration of an {@link Experiment}, in which `repeats` is optional. */
export interface ExperimentDeclaration<A extends Axes> {
  /** See {@link Experiment}. */
  readonly name: string;
  /** See {@link Experiment}. */
  readonly question: string;
  /** See {@link Experiment}. */
  readonly conclusion?: string;
  /** See {@link Experiment}. */
  readonly gate?: GateSpec;
  /** See {@link Experiment}. */
  readonly seed: number;
  /** See {@link Experiment}. Default: 1. */
  readonly repeats?: number;
  /** See {@link Experiment}. */
  readonly data: DataSpec;
  /** See {@link Experiment}. */
  readonly grid: A;
  /** See {@link Experiment}. */
  readonly trial: (point: PointOf<A>) => TrialSettings;
}

/**
 * Declares an experiment: a grid search over nets and solvers on one data set. An experiment file exports it by default.
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
export function defineExperiment<const A extends Axes>(declaration: ExperimentDeclaration<A>): Experiment<A> {
  const action = "define an experiment";
  checkFields(declaration, {
    action,
    path: "",
    required: {
      name: experimentName,
      question: someText,
      seed: wholeNumber({ min: 0 }),
      data: aDataSpec,
      grid: anything,
      trial: aFunction,
    },
    optional: { repeats: wholeNumber({ min: 1 }), conclusion: someText, gate: anything },
  });
  const { name, question, conclusion, gate, seed, repeats = 1, grid, trial } = declaration;
  const data = declaredData(declaration.data, { action });
  checkText(question, { action, path: "question", hasLines: true });
  checkTexts(data, { action, path: "data" });
  checkGrid(grid, { action });
  if (conclusion !== undefined) checkText(conclusion, { action, path: "conclusion", hasLines: true });
  if (gate !== undefined) checkGate(gate, { action });
  const optional = {
    ...conclusion === undefined ? {} : { conclusion },
    ...gate === undefined ? {} : { gate },
  };
  return deepFreeze({ name, question, ...optional, seed, repeats, data, grid, trial });
}

const experimentName: Rule = {
  expected: "lower-case letters, digits and underscores, a letter first",
  accepts: (value) => typeof value === "string" && /^[a-z][a-z0-9_]*$/.test(value),
};

const aDataSpec: Rule = {
  expected: "what mnist, cifar10, csvDataset or blobs returns",
  accepts: (value) => typeof value === "object" && value !== null && "kind" in value,
};

const aFunction: Rule = { expected: "a function", accepts: (value) => typeof value === "function" };

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
