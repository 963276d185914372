import { InputError } from "../core/check/errors.ts";
import { checkFields, numberWhere, wholeNumber } from "../core/check/fields.ts";
import type { BlobsSpec } from "./base/data_spec.ts";
import { declaredSplits, foldRules, splitRules } from "./base/split_rules.ts";

/** Numbers of 4 bytes each: more would take minutes to generate, or all memory. */
const MOST_NUMBERS = 500_000_000;

/** Fields of {@link blobs}. */
export type BlobsFields = Omit<BlobsSpec, "kind" | "seed"> & {
  /** Seed of the centres and the points, a whole number from 0. Default: 0. */
  readonly seed?: number;
};

/**
 * Declares Gaussian blobs, one per class: generated from the seed, without a file.
 *
 * Each class has a centre, drawn from a standard normal distribution in every feature; its rows lie around it with a
 * standard deviation of `spread`. scikit-learn's `make_blobs` draws centres from a cube instead.
 *
 * @throws {InputError} If a field is wrong, or they are more than 500 million numbers.
 *
 * @example
 * ```ts
 * import { blobs } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const data = blobs({ numClasses: 3, inputDim: 2, spread: 0.3, train: 300, validation: 100, test: 100 });
 * assertEquals([data.kind, data.seed], ["blobs", 0]);
 * ```
 */
export function blobs(fields: BlobsFields): BlobsSpec {
  checkFields(fields, {
    action: "use data",
    path: "data",
    required: {
      numClasses: wholeNumber({ min: 2 }),
      inputDim: wholeNumber({ min: 1 }),
      spread: numberWhere("a number from 0 on", (value) => value >= 0),
      ...splitRules,
    },
    optional: { seed: wholeNumber({ min: 0 }), ...foldRules },
  });
  const { numClasses, inputDim, spread, train, validation, test, seed = 0 } = fields;
  const numbers = (train + validation + test + numClasses) * inputDim;
  if (numbers > MOST_NUMBERS) {
    throw new InputError(
      `Cannot use data: data must have at most ${MOST_NUMBERS} numbers (inputDim for each row and class), found ${numbers}`,
    );
  }
  return Object.freeze({
    kind: "blobs",
    numClasses,
    inputDim,
    spread,
    ...declaredSplits(fields),
    seed,
  });
}
