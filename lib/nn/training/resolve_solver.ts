import { InputError } from "../../core/check/errors.ts";
import {
  aBoolean,
  anything,
  checkFields,
  type Fields,
  numberWhere,
  oneOf,
  type Rule,
  show,
  wholeNumber,
} from "../../core/check/fields.ts";
import {
  isMetricName,
  measuresNumbers,
  METRIC_NAMES_TEXT,
  metricFacts,
  type TargetKind,
  USUAL_METRIC,
} from "../../core/facts/metric.ts";
import { resolveAugmentation } from "./augmentation/augmentation_spec.ts";
import { type MetricsSpec, resolveMetrics } from "./metrics/resolve_metrics.ts";
import { resolveLoss } from "./loss/resolve_loss.ts";
import type { OptimizerSpec } from "./optimizer_spec.ts";
import { resolveSchedule } from "./schedule/resolve_schedule.ts";
import type { AveragingSpec, ClipSpec, PatienceSpec, SolverSettings, SolverSpec } from "./solver_spec.ts";

/** Every setting of an update rule, defaults filled in. */
export type ResolvedOptimizer = { [K in OptimizerSpec["name"]]: Required<Named<K>> }[OptimizerSpec["name"]];

/** A solver's settings with every default filled in. */
export interface ResolvedSolver extends SolverSettings {
  readonly optimizer: ResolvedOptimizer;
}

type Named<K> = Extract<OptimizerSpec, { readonly name: K }>;

/** Options of {@link resolveSolver}. */
export interface ResolveOptions {
  /** Completes "Cannot ...:". */
  readonly action: string;
  /** What an experiment measures in all of its trials. Default: what the solver's own fields say. */
  readonly measured?: MetricsSpec;
  /** What is predicted of the rows. Default: a class. */
  readonly kind?: TargetKind;
}

/**
 * Checks a solver's settings and fills in their defaults.
 *
 * @throws {InputError} `Cannot <action>: solver.<field> must be ..., found ...`.
 */
export function resolveSolver(
  solver: SolverSpec,
  { action, measured, kind = "class" }: ResolveOptions,
): ResolvedSolver {
  const own = measured === undefined ? anything : declaredElsewhere;
  const optional = { ...FIELDS.optional, metrics: own, select: own };
  checkFields(solver, { action, path: "solver", ...FIELDS, optional });
  const { batchSize, epochs, lrDecay = 1, schedule, clip, averaging, lastBatch, patience } = solver;
  const loss = resolveLoss(solver.loss, { action, kind });
  const augmentation = solver.augmentation === undefined
    ? undefined
    : resolveAugmentation(solver.augmentation, { action });
  const metrics = measured ?? resolveMetrics(solver, { action, path: "solver.", kind });
  const optimizer = resolveOptimizer(solver.optimizer, { action });
  return {
    optimizer,
    batchSize,
    epochs,
    ...resolveSchedule(schedule, { action, lrDecay, learningRate: optimizer.learningRate }),
    ...clip === undefined ? {} : { clip: resolveClip(clip, { action }) },
    ...averaging === undefined ? {} : { averaging: resolveAveraging(averaging, { action }) },
    ...lastBatch === "keep" ? { lastBatch } : {},
    ...patience === undefined ? {} : { patience: resolvePatience(patience, { action, metrics }) },
    ...loss === undefined ? {} : { loss },
    ...augmentation === undefined ? {} : { augmentation },
    ...metrics,
  };
}

function resolveClip(clip: ClipSpec, { action }: Pick<ResolveOptions, "action">): ClipSpec {
  checkFields(clip, { action, path: "solver.clip", optional: { value: positive, norm: positive } });
  const { value, norm } = clip;
  if (value !== undefined && norm === undefined) return { value };
  if (norm !== undefined && value === undefined) return { norm };
  const found = value === undefined ? "neither" : "both";
  throw new InputError(`Cannot ${action}: solver.clip must have value or norm, found ${found}`);
}

function resolveAveraging(
  averaging: AveragingSpec,
  { action }: Pick<ResolveOptions, "action">,
): AveragingSpec {
  checkFields(averaging, { action, path: "solver.averaging", required: { decay: fraction } });
  return { decay: averaging.decay };
}

function resolvePatience(
  patience: PatienceSpec,
  { action, metrics: { metrics = [], select = USUAL_METRIC } }: PatienceOptions,
): NonNullable<SolverSettings["patience"]> {
  const place = { action, path: "solver.patience" };
  checkFields(patience, {
    ...place,
    required: { epochs: wholeNumber({ min: 1 }) },
    optional: { minDelta: anything, metric: { expected: METRIC_NAMES_TEXT, accepts: isMetricName } },
  });
  const { epochs, minDelta = 0, metric = select } = patience;
  const { format } = metricFacts(metric);
  checkFields({ minDelta }, {
    ...place,
    required: { minDelta: format === "percent" ? fraction : notNegative },
  });
  if (metric === USUAL_METRIC && measuresNumbers({ metrics })) {
    throw new InputError(
      `Cannot ${action}: solver.patience.metric must be one of numbers, such as "validationRmse", found ${
        show(metric)
      }`,
    );
  }
  if (metric !== USUAL_METRIC && !metrics.includes(metric)) {
    throw new InputError(
      `Cannot ${action}: solver.patience.metric must be measured, found ${show(metric)}; add it to metrics`,
    );
  }
  return { epochs, minDelta, ...metric === select ? {} : { metric } };
}

interface PatienceOptions {
  readonly action: string;
  readonly metrics: MetricsSpec;
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
const notNegative = numberWhere("a number from 0 on", (value) => value >= 0);
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

const declaredElsewhere: Rule = {
  expected: "declared beside trial, since all trials are measured alike",
  accepts: () => false,
};

const FIELDS: Fields = {
  required: { optimizer: anything, batchSize: wholeNumber({ min: 1 }), epochs: wholeNumber({ min: 1 }) },
  optional: {
    lrDecay: numberWhere("a number above 0 and at most 1", (value) => value > 0 && value <= 1),
    schedule: anything,
    clip: anything,
    averaging: anything,
    lastBatch: oneOf("drop", "keep"),
    patience: anything,
    loss: anything,
    augmentation: anything,
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
    weightDecay: notNegative,
  },
};
