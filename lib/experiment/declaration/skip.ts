import { InputError } from "../../core/check/errors.ts";
import { show } from "../../core/check/fields.ts";
import { checkText } from "./check_text.ts";

/** What the function `trial` returns for a point that is not to be run. */
export interface Skip {
  /** Why. */
  readonly skip: string;
}

/**
 * Leaves a point out: the report and a dry run list it with the reason, and no trial of it runs.
 *
 * @throws {InputError} If the reason is empty, or has control characters.
 *
 * @example
 * ```ts
 * import { blobs, defineExperiment, expandGrid, expandPoints, skip } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const experiment = defineExperiment({
 *   name: "blobs_rate",
 *   question: "Which rate separates three blobs?",
 *   seed: 231,
 *   data: blobs({ numClasses: 3, inputDim: 2, spread: 0.3, train: 300, validation: 100, test: 100 }),
 *   grid: { name: ["sgd", "adam"], learningRate: [1e-3, 1] },
 *   trial: ({ name, learningRate }) =>
 *     name === "adam" && learningRate > 0.1 ? skip("Adam diverges at this rate") : {
 *       model: { hiddenDims: [16], weightScale: "he" },
 *       solver: { optimizer: { name, learningRate }, batchSize: 50, epochs: 4 },
 *     },
 * });
 * const { trials, skipped } = expandGrid(expandPoints(experiment), { dataDigest: "blobs" });
 * assertEquals(trials.length, 3);
 * assertEquals(skipped, [{ point: { name: "adam", learningRate: 1 }, reason: "Adam diverges at this rate" }]);
 * ```
 */
export function skip(reason: string): Skip {
  const action = "skip a point";
  if (typeof reason !== "string" || reason.trim() === "") {
    throw new InputError(
      `Cannot ${action}: its reason must be a text that is not empty, found ${show(reason)}`,
    );
  }
  checkText(reason, { action, path: "reason" });
  return { skip: reason };
}

/** Returns why a point is skipped, or null if what `trial` returned does not skip it. */
export function skipReason(returned: unknown): string | null {
  if (typeof returned !== "object" || returned === null || !Object.hasOwn(returned, "skip")) return null;
  const { skip: reason } = returned as { readonly skip: unknown };
  return typeof reason === "string" ? skip(reason).skip : null;
}
