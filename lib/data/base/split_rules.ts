import { InputError } from "../../core/check/errors.ts";
import { wholeNumber } from "../../core/check/fields.ts";
import type { SplitSizes } from "./data_spec.ts";

/** Every split has at least one row. */
export const splitRules = {
  train: wholeNumber({ min: 1 }),
  validation: wholeNumber({ min: 1 }),
  test: wholeNumber({ min: 1 }),
};

/** Rules of the optional fields of splits. */
export const foldRules = { folds: wholeNumber({ min: 2 }) };

/** Returns the sizes of declared splits, with the folds if there are any, after a check of these. */
export function declaredSplits({ train, validation, test, folds }: SplitSizes): SplitSizes {
  if (folds === undefined) return { train, validation, test };
  if (folds > train + validation) {
    throw new InputError(
      `Cannot use data: data.folds must be at most data.train + data.validation, which is ${
        train + validation
      }, found ${folds}`,
    );
  }
  return { train, validation, test, folds };
}

/** The number of rows of a source for the training and validation splits together, and for the test split. */
export interface RowLimits {
  readonly train: number;
  readonly test: number;
}

/** Throws an {@link InputError} if the splits ask for more rows than there are. */
export function checkLimits({ train, validation, test }: SplitSizes, limits: RowLimits): void {
  checkAtMost(train + validation, { path: "data.train + data.validation", max: limits.train });
  checkAtMost(test, { path: "data.test", max: limits.test });
}

function checkAtMost(value: number, { path, max }: { readonly path: string; readonly max: number }): void {
  if (value > max) throw new InputError(`Cannot use data: ${path} must be at most ${max}, found ${value}`);
}
