import type { Dataset } from "../../../data/base/dataset.ts";
import type { ClassesOption, OutputsOption } from "../../net/model_spec.ts";
import type { LossSpec } from "./loss_spec.ts";

/** Returns the option of a net for a data set and a loss: a score for each class, or an output for each target. */
export function outputsOf(
  { numClasses, targets }: Pick<Dataset, "numClasses" | "targets">,
  loss: LossSpec | undefined,
): ClassesOption | OutputsOption {
  if (targets !== undefined) return { numOutputs: targets.names.length };
  return loss?.name === "sigmoid" ? { numOutputs: 1 } : { numClasses };
}
