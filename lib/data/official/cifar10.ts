import { checkFields } from "../../core/check/fields.ts";
import type { Cifar10Spec, SplitSizes } from "../base/data_spec.ts";
import { checkLimits, declaredSplits, foldRules, splitRules } from "../base/split_rules.ts";
import { CIFAR10 } from "./cifar10_source.ts";

/**
 * Declares the CIFAR-10 images: 32 x 32 bytes of red, green and blue in 10 classes.
 *
 * At most 50,000 rows of training and validation together, and 10,000 of test.
 *
 * @throws {InputError} If a size is not a whole number from 1, or exceeds those limits.
 *
 * @example
 * ```ts
 * import { cifar10 } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const data = cifar10({ train: 45_000, validation: 5_000, test: 10_000 });
 * assertEquals(data.kind, "cifar10");
 * ```
 */
export function cifar10(sizes: SplitSizes): Cifar10Spec {
  checkFields(sizes, { action: "use data", path: "data", required: splitRules, optional: foldRules });
  checkLimits(sizes, CIFAR10.rows);
  return Object.freeze({ kind: "cifar10", ...declaredSplits(sizes) });
}
