import { checkFields } from "../../core/check/fields.ts";
import type { MnistSpec, SplitSizes } from "../base/data_spec.ts";
import { checkLimits, declaredSplits, foldRules, splitRules } from "../base/split_rules.ts";
import { MNIST } from "./mnist_source.ts";

/**
 * Declares the MNIST digits: 28 x 28 grey bytes in 10 classes.
 *
 * At most 60,000 rows of training and validation together, and 10,000 of test.
 *
 * @throws {InputError} If a size is not a whole number from 1, or exceeds those limits.
 *
 * @example
 * ```ts
 * import { mnist } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const data = mnist({ train: 50_000, validation: 5_000, test: 10_000 });
 * assertEquals(data.kind, "mnist");
 * ```
 */
export function mnist(sizes: SplitSizes): MnistSpec {
  checkFields(sizes, { action: "use data", path: "data", required: splitRules, optional: foldRules });
  checkLimits(sizes, MNIST.rows);
  return Object.freeze({ kind: "mnist", ...declaredSplits(sizes) });
}
