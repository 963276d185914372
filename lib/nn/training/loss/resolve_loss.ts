import { InputError } from "../../../core/check/errors.ts";
import {
  checkFields,
  either,
  type Fields,
  numberWhere,
  oneOf,
  type Rule,
  show,
} from "../../../core/check/fields.ts";
import type { TargetKind } from "../../../core/facts/metric.ts";
import type { LossSpec } from "./loss_spec.ts";

/** Options of {@link resolveLoss}. */
export interface LossPlace {
  /** Completes "Cannot ...:". */
  readonly action: string;
  /** What is predicted of the rows. */
  readonly kind: TargetKind;
}

/** The losses of each kind, the default first. */
const LOSSES: Readonly<Record<TargetKind, readonly NonNullable<LossSpec["name"]>[]>> = {
  class: ["softmax", "sigmoid"],
  labels: ["sigmoid"],
  numbers: ["squared", "huber"],
};

/** Data of each kind, for messages. */
const DATA: Readonly<Record<TargetKind, string>> = {
  class: "data with classes",
  labels: "data with several labels",
  numbers: "data with a target",
};

/**
 * Checks a loss, and leaves out what confirms a default; undefined if that is all.
 *
 * @throws {InputError} `Cannot <action>: solver.loss.<field> must be ..., found ...`.
 */
export function resolveLoss(
  loss: LossSpec | undefined,
  { action, kind }: LossPlace,
): LossSpec | undefined {
  if (loss === undefined) return undefined;
  const [usual] = LOSSES[kind];
  const place = { action, path: "solver.loss" };
  checkFields(loss, { ...place, optional: { name: lossName }, others: true });
  const { name = usual } = loss;
  if (!LOSSES[kind].includes(name)) {
    throw new InputError(
      `Cannot ${action}: solver.loss.name must be ${oneOf(...LOSSES[kind]).expected} for ${
        DATA[kind]
      }, found ${show(name)}`,
    );
  }
  if (kind === "labels" && loss.classWeights !== undefined) {
    throw new InputError(`Cannot ${action}: solver.loss.classWeights must not be given for ${DATA.labels}`);
  }
  checkFields(loss, { ...place, ...FIELDS[name] });
  const { labelSmoothing = 0, classWeights, delta = 1 } = loss;
  const given = {
    ...name === usual ? {} : { name },
    ...labelSmoothing === 0 ? {} : { labelSmoothing },
    ...classWeights === undefined
      ? {}
      : { classWeights: classWeights === "balanced" ? classWeights : [...classWeights] },
    ...delta === 1 ? {} : { delta },
  };
  // The checks above guarantee the type.
  return Object.keys(given).length === 0 ? undefined : given as LossSpec;
}

/** The loss of training, defaults filled in. */
export interface UsedLoss {
  readonly name: NonNullable<LossSpec["name"]>;
  readonly labelSmoothing: number;
  readonly classWeights: LossSpec["classWeights"];
  readonly delta: number;
}

/** Returns the loss of training on data of a kind. */
export function usedLoss(loss: LossSpec = {}, kind: TargetKind): UsedLoss {
  const { name = LOSSES[kind][0], labelSmoothing = 0, classWeights, delta = 1 } = loss;
  return { name, labelSmoothing, classWeights, delta };
}

const ofClasses: Readonly<Record<string, Rule>> = {
  labelSmoothing: numberWhere("a number from 0 to below 1", (value) => value >= 0 && value < 1),
  classWeights: either(oneOf("balanced"), {
    expected: "a list of at least 2 numbers above 0",
    accepts: (value) =>
      Array.isArray(value) && value.length >= 2 &&
      value.every((weight) => Number.isFinite(weight) && weight > 0),
  }),
};

const lossName = oneOf("softmax", "sigmoid", "squared", "huber");

const FIELDS: Readonly<Record<NonNullable<LossSpec["name"]>, Fields>> = {
  softmax: { optional: { name: lossName, ...ofClasses } },
  sigmoid: { optional: { name: lossName, ...ofClasses } },
  squared: { required: { name: lossName } },
  huber: {
    required: { name: lossName },
    optional: { delta: numberWhere("a number above 0", (value) => value > 0) },
  },
};
