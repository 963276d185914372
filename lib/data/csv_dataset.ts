import { checkFields, type Rule, someText, wholeNumber } from "../core/fields.ts";
import type { CsvSpec } from "./data_spec.ts";
import { splitRules } from "./split_rules.ts";

/** What {@link csvDataset} takes. */
export type CsvDatasetFields = Omit<CsvSpec, "kind" | "seed"> & {
  /** Seed of the shuffle of the rows before the split, a whole number from 0. Default: 0. */
  readonly seed?: number;
};

/**
 * Declares a CSV file with a header: every column but the label is a feature, a number.
 *
 * The rows are shuffled and then split: training first, validation next, test last.
 *
 * @throws {InputError} If a field is wrong; the file is not looked at.
 */
export function csvDataset(fields: CsvDatasetFields): CsvSpec {
  checkFields(fields, {
    action: "use data",
    path: "data",
    required: { file: someText, label: someText, classes: someClasses, ...splitRules },
    optional: { seed: wholeNumber({ min: 0 }) },
  });
  const { file, label, classes, train, validation, test, seed = 0 } = fields;
  return Object.freeze({
    kind: "csv",
    file,
    label,
    classes: Object.freeze([...classes]),
    train,
    validation,
    test,
    seed,
  });
}

const someClasses: Rule = {
  expected: "a list of at least 2 different texts",
  accepts: (value) =>
    Array.isArray(value) && value.length >= 2 && value.every(someText.accepts) &&
    new Set(value).size === value.length,
};
