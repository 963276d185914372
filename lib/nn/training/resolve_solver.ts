import {
  aBoolean,
  anything,
  checkFields,
  type Fields,
  numberWhere,
  oneOf,
  type Rule,
  wholeNumber,
} from "../../core/check/fields.ts";
import type { OptimizerSpec } from "./optimizer_spec.ts";
import type { PatienceSpec, SolverSettings, SolverSpec } from "./solver_spec.ts";

/** Every setting of an update rule, defaults filled in. */
export type ResolvedOptimizer = { [K in OptimizerSpec["name"]]: Required<Named<K>> }[OptimizerSpec["name"]];

/** A solver's settings with every default filled in. */
export interface ResolvedSolver extends SolverSettings {
  readonly optimizer: ResolvedOptimizer;
}

type Named<K> = Extract<OptimizerSpec, { readonly name: K }>;

/**
 * Checks a solver's settings and fills in their defaults.
 *
 * @throws {InputError} `Cannot <action>: solver.<field> must be ..., found ...`.
 */
export function resolveSolver(solver: SolverSpec, { action }: { readonly action: string }): ResolvedSolver {
  checkFields(solver, { action, path: "solver", ...FIELDS });
  const { batchSize, epochs, lrDecay = 1, patience } = solver;
  return {
    optimizer: resolveOptimizer(solver.optimizer, { action }),
    batchSize,
    epochs,
    lrDecay,
    ...patience === undefined ? {} : { patience: resolvePatience(patience, { action }) },
  };
}

function resolvePatience(
  patience: PatienceSpec,
  { action }: { readonly action: string },
): Required<PatienceSpec> {
  checkFields(patience, {
    action,
    path: "solver.patience",
    required: { epochs: wholeNumber({ min: 1 }) },
    optional: { minDelta: fraction },
  });
  const { epochs, minDelta = 0 } = patience;
  return { epochs, minDelta };
}

/**
 * Checks an update rule's settings and fills in their defaults.
 *
 * @throws {InputError} `Cannot <action>: solver.optimizer.<field> must be ..., found ...`.
 */
export function resolveOptimizer(
  optimizer: OptimizerSpec,
  { action }: { readonly action: string },
): ResolvedOptimizer {
  const place = { action, path: "solver.optimizer" };
  const given = typeof optimizer === "object" && optimizer !== null ? optimizer.name : undefined;
  if (given === undefined || !ruleName.accepts(given)) {
    checkFields(optimizer, { ...place, required: { name: ruleName }, others: true });
  }
  checkFields(optimizer, {
    ...place,
    required: { name: ruleName, learningRate: positive },
    optional: RULES[given!],
  });
  // The checks above guarantee the type.
  return { ...SETTINGS[given!], ...optimizer } as ResolvedOptimizer;
}

const positive = numberWhere("a number above 0", (value) => value > 0);
const fraction = numberWhere("a number from 0 to below 1", (value) => value >= 0 && value < 1);

/** The defaults of each rule's settings. */
const SETTINGS: { readonly [K in OptimizerSpec["name"]]: Omit<Required<Named<K>>, "name" | "learningRate"> } =
  {
    sgd: {},
    momentum: { momentum: 0.9, nesterov: false },
    rmsprop: { decayRate: 0.99, epsilon: 1e-8 },
    adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    adamw: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 },
  };

const ruleName = oneOf(...Object.keys(SETTINGS));

const FIELDS: Fields = {
  required: { optimizer: anything, batchSize: wholeNumber({ min: 1 }), epochs: wholeNumber({ min: 1 }) },
  optional: {
    lrDecay: numberWhere("a number above 0 and at most 1", (value) => value > 0 && value <= 1),
    patience: anything,
  },
};

const RULES: Readonly<Record<OptimizerSpec["name"], Readonly<Record<string, Rule>>>> = {
  sgd: {},
  momentum: { momentum: fraction, nesterov: aBoolean },
  rmsprop: { decayRate: fraction, epsilon: positive },
  adam: { beta1: fraction, beta2: fraction, epsilon: positive },
  adamw: {
    beta1: fraction,
    beta2: fraction,
    epsilon: positive,
    weightDecay: numberWhere("a number from 0 on", (value) => value >= 0),
  },
};
