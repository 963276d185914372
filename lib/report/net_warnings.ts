import type { Warning } from "../core/warning.ts";
import type { Trial } from "../experiment/trial.ts";
import { pointText } from "./axis_text.ts";

/** A trial whose settings may not be known, as in a journal that is watched. */
export type KnownTrial = Pick<Trial, "point"> & Partial<Pick<Trial, "model" | "solver">>;

/** Returns what is odd about the nets of a grid: those whose normalization leaves nothing of its input. */
export function netWarnings(trials: readonly KnownTrial[]): readonly Warning[] {
  return KINDS.flatMap(({ code, holds, message }): readonly Warning[] => {
    const points = new Set(trials.filter(holds).map(({ point }) => pointText(point) || "the only point"));
    if (points.size === 0) return [];
    const [first] = points;
    const more = points.size - 1;
    const where = `${first}${more === 0 ? "" : ` and ${more} more ${more === 1 ? "point" : "points"}`}`;
    return [{ code, where, message }];
  });
}

interface Kind {
  readonly code: string;
  readonly holds: (trial: KnownTrial) => boolean;
  readonly message: string;
}

const KINDS: readonly Kind[] = [
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
