import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { Targets, TargetScale } from "../base/targets.ts";
import { learnScale } from "./learn_scale.ts";

const AS_IT_IS: TargetScale = { offset: 0, divisor: 1 };

/**
 * Learns how targets are scaled for training, from those of the training rows, `[n, targets]`: numbers are standardized, as
 * the features of a table are; labels stay 0 and 1.
 *
 * @throws {InputError} If all numbers of a target are the same, or they are too large to add.
 */
export function learnTargets(
  values: Float64Array,
  { kind, names }: Pick<Targets, "kind" | "names">,
): Targets {
  if (kind === "labels") return { kind, names, scales: names.map(() => AS_IT_IS) };
  const n = values.length / names.length;
  const scales = names.map((name, index) => {
    const own = Float64Array.from({ length: n }, (_, row) => values[row * names.length + index]);
    if (own.every((value) => value === own[0])) {
      throw new InputError(
        `Cannot use data: the target ${
          quoted(name)
        } must have different numbers in the training rows, found ${own[0]} in all of them`,
      );
    }
    const { offset, divisor } = learnScale(own, { name, scaling: "standardize" });
    return { offset, divisor };
  });
  return { kind, names, scales };
}
