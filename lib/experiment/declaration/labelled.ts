import { InputError } from "../../core/check/errors.ts";
import { show } from "../../core/check/fields.ts";
import { checkText } from "./check_text.ts";

/** Marks a labelled value, also one that another copy of this module made. */
const LABEL = Symbol.for("seedbed.label");

/** A value of an axis, and the text that stands for it in tables, charts and file names of columns. */
export interface Labelled<V> {
  /** What the function `trial` gets. */
  readonly value: V;
  /** @internal */
  readonly [LABEL]: string;
}

/**
 * Gives a value of an axis a short text, by which tables, charts, `trials.csv` and `--only` name it.
 *
 * Lists and objects have a text of their own, such as `[100,100]`; a label is for those that are long. It decides no
 * result: a trial keeps its id when the label changes.
 *
 * @throws {InputError} If the label is empty, or has control characters.
 *
 * @example
 * ```ts
 * import { blobs, defineExperiment, expandPoints, labelled } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const experiment = defineExperiment({
 *   name: "blobs_depth",
 *   question: "How deep must a net be to separate three blobs?",
 *   seed: 231,
 *   data: blobs({ numClasses: 3, inputDim: 2, spread: 0.3, train: 300, validation: 100, test: 100 }),
 *   grid: { hiddenDims: [[16], labelled([16, 16, 16, 16], "deep")] },
 *   trial: ({ hiddenDims }) => ({
 *     model: { hiddenDims, weightScale: "he" },
 *     solver: { optimizer: { name: "adam", learningRate: 1e-2 }, batchSize: 50, epochs: 4 },
 *   }),
 * });
 * assertEquals(expandPoints(experiment).experiment.grid, { hiddenDims: ["[16]", "deep"] });
 * ```
 */
export function labelled<const V>(value: V, label: string): Labelled<V> {
  const action = "label a value";
  if (typeof label !== "string" || label.trim() === "") {
    throw new InputError(
      `Cannot ${action}: its label must be a text that is not empty, found ${show(label)}`,
    );
  }
  checkText(label, { action, path: "label" });
  return Object.freeze({ value, [LABEL]: label });
}

/** Returns the label of a labelled value, or null if it is none. */
export function givenLabel(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return null;
  const label: unknown = (value as Partial<Record<symbol, unknown>>)[LABEL];
  return typeof label === "string" ? label : null;
}
