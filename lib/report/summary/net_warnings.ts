import type { Warning } from "../../core/check/warning.ts";
import { counted } from "../../core/text/counted.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { pointName } from "./trial_name.ts";

/** A trial whose settings may be unknown, as in the dashboard. */
export type KnownTrial = Pick<Trial, "point"> & Partial<Pick<Trial, "model" | "solver">>;

/**
 * Returns warnings about the nets of a grid: a normalization that erases its input, and a setting that float32 rounds
 * to 0 or 1.
 */
export function netWarnings(trials: readonly KnownTrial[]): readonly Warning[] {
  return KINDS.flatMap(({ code, holds, message }): readonly Warning[] => {
    const points = new Set(trials.filter(holds).map(({ point }) => pointName(point)));
    if (points.size === 0) return [];
    const [first] = points;
    const more = points.size - 1;
    const where = `${first}${more === 0 ? "" : ` and ${counted(more, "more point")}`}`;
    return [{ code, where, message }];
  });
}

interface Kind {
  readonly code: string;
  readonly holds: (trial: KnownTrial) => boolean;
  readonly message: string;
}

/** Settings above 0 that have no effect, or cause a division by 0, if they are 0. */
const ABOVE_0 = ["learningRate", "epsilon"] as const;
/** Settings below 1 whose averages never change if they are 1. */
const BELOW_1 = ["momentum", "decayRate", "beta1", "beta2"] as const;

function roundedKind(field: string, rounded: 0 | 1, valueOf: (trial: KnownTrial) => unknown): Kind {
  return {
    code: "rounded_setting",
    holds: (trial) => {
      const value = valueOf(trial);
      return trial.model?.dtype === "float32" && typeof value === "number" && value !== rounded &&
        Math.fround(value) === rounded;
    },
    message: `${field} is ${rounded} in float32, which the net computes in`,
  };
}

function ofOptimizer(field: (typeof ABOVE_0 | typeof BELOW_1)[number]): (trial: KnownTrial) => unknown {
  return ({ solver }) => (solver?.optimizer as Readonly<Record<string, unknown>> | undefined)?.[field];
}

const KINDS: readonly Kind[] = [
  ...ABOVE_0.map((field) => roundedKind(`solver.optimizer.${field}`, 0, ofOptimizer(field))),
  ...BELOW_1.map((field) => roundedKind(`solver.optimizer.${field}`, 1, ofOptimizer(field))),
  roundedKind("model.weightScale", 0, ({ model }) => model?.weightScale),
  {
    code: "batch_of_one",
    holds: ({ model, solver }) =>
      model?.normalization === "batchnorm" && model.hiddenDims.length > 0 && solver?.batchSize === 1,
    message: "batch normalization over a batch of one row makes every row the same: the net cannot learn",
  },
  {
    code: "layer_of_one",
    holds: ({ model }) => model?.normalization === "layernorm" && model.hiddenDims.includes(1),
    message: "layer normalization over a layer of one unit makes every row the same: the net cannot learn",
  },
];
