import {
  aBoolean,
  checkFields,
  either,
  oneOf,
  type Rule,
  someText,
  wholeNumber,
} from "../../core/check/fields.ts";
import type { CsvSpec } from "../base/data_spec.ts";
import { splitRules } from "../base/split_rules.ts";

/** What {@link csvDataset} takes. */
export type CsvDatasetFields = Omit<CsvSpec, "kind" | "seed"> & {
  /** Seed of the shuffle of the rows before the split, a whole number from 0. Default: 0. */
  readonly seed?: number;
};

/**
 * Declares a CSV file: every column but the label is a feature, a number.
 *
 * The rows are shuffled and then split: training first, validation next, test last.
 *
 * `header` is false where the first line is a row (the columns are then column1, column2, ...), a list of names for such
 * a file, or true where numbers are the names. Left out, the first line is a header, and an error if it looks like a
 * row.
 *
 * `dtype` is what features are held in: "float32", or "float64" for numbers that float32 cannot tell apart, such as
 * times in seconds; a net in float32 then sees their difference from the mean. Left out, it is "float32", and an error
 * if distinct whole numbers of a column become one, or more than noise is lost. pandas and scikit-learn hold float64;
 * PyTorch and Keras round to float32 and do not say so.
 *
 * @throws {InputError} If a field is wrong; the file is not looked at.
 */
export function csvDataset(fields: CsvDatasetFields): CsvSpec {
  checkFields(fields, {
    action: "use data",
    path: "data",
    required: { file: someText, label: someText, classes: someClasses, ...splitRules },
    optional: {
      seed: wholeNumber({ min: 0 }),
      header: either(aBoolean, columnNames),
      dtype: oneOf("float32", "float64"),
    },
  });
  const { file, label, classes, train, validation, test, seed = 0, header, dtype } = fields;
  return Object.freeze({
    kind: "csv",
    file,
    label,
    classes: Object.freeze([...classes]),
    train,
    validation,
    test,
    seed,
    // What was not declared is not there, so that the spec is that of earlier versions.
    ...header === undefined ? {} : { header: Array.isArray(header) ? Object.freeze([...header]) : header },
    ...dtype === undefined ? {} : { dtype },
  });
}

const columnNames: Rule = {
  expected: "a list of different texts, a column each",
  accepts: (value) =>
    Array.isArray(value) && value.length >= 2 && new Set(value).size === value.length &&
    value.every((name) => typeof name === "string" && name.trim() !== ""),
};

const someClasses: Rule = {
  expected: "a list of at least 2 different texts",
  accepts: (value) =>
    Array.isArray(value) && value.length >= 2 && value.every(someText.accepts) &&
    new Set(value).size === value.length,
};
