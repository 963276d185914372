import { InputError } from "../../core/check/errors.ts";
import {
  aBoolean,
  checkFields,
  either,
  oneOf,
  type Rule,
  someText,
  wholeNumber,
} from "../../core/check/fields.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { CsvSpec } from "../base/data_spec.ts";
import { declaredFormat, formatRules } from "../text/format_rules.ts";
import { declaredSplits, foldRules, splitRules } from "../base/split_rules.ts";

/** Fields of {@link csvDataset}. */
export type CsvDatasetFields = Omit<CsvSpec, "kind" | "seed"> & {
  /** Seed of the shuffle of the rows before the split, a whole number from 0. Default: 0. */
  readonly seed?: number;
};

/**
 * Declares a CSV file: every column except the label is a numeric feature.
 *
 * The rows are shuffled and then split: training first, validation next, test last.
 *
 * `header` is true if numbers are the names, and false if the first line is a row: the columns are then column1,
 * column2, ... A list gives the names of such a file. By default the first line is a header; it is an error if it
 * looks like a row.
 *
 * `dtype` is the precision of the features: "float32", or "float64" for numbers that are equal in float32, such as
 * times in seconds. A float32 net then gets their difference from the mean. The default is "float32"; it is an error
 * if distinct whole numbers of a column become equal, or more than noise is lost. By comparison, pandas and
 * scikit-learn use float64; PyTorch and Keras round to float32 silently.
 *
 * `separator`, `decimalComma`, `thousands`, `comment` and `encoding` say how the text is written where it is not as RFC 4180
 * has it, in UTF-8: `{ separator: ";", decimalComma: true }` reads what a spreadsheet of most of Europe saves. A file whose
 * name ends in `.gz` is unpacked; its digest is that of its content.
 *
 * `folds` makes one pool of the training and validation rows, of which each fold is validated once; `groups` names a
 * column whose equal texts stay in one fold, such as a patient's number. That column is no feature.
 *
 * `drop` names columns that are not used, such as an id, and may hold anything.
 *
 * @throws {InputError} If a field is wrong; the file is not read.
 *
 * @example
 * ```ts
 * import { csvDataset } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const data = csvDataset({
 *   file: "data/iris.csv",
 *   label: "species",
 *   classes: ["setosa", "versicolor", "virginica"],
 *   ...{ train: 90, validation: 30, test: 30 },
 * });
 * assertEquals([data.kind, data.seed], ["csv", 0]);
 * ```
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
      groups: someText,
      drop: someColumns,
      ...formatRules,
      ...foldRules,
    },
  });
  const { file, label, classes, seed = 0, header, dtype, groups, drop } = fields;
  const sizes = declaredSplits(fields);
  checkGroups(fields);
  checkDrop(fields);
  return Object.freeze({
    kind: "csv",
    file,
    label,
    classes: Object.freeze([...classes]),
    ...sizes,
    seed,
    // Undeclared fields are omitted, so that the spec equals that of earlier versions.
    ...header === undefined ? {} : { header: Array.isArray(header) ? Object.freeze([...header]) : header },
    ...dtype === undefined ? {} : { dtype },
    ...groups === undefined ? {} : { groups },
    ...drop === undefined || drop.length === 0 ? {} : { drop: Object.freeze([...drop]) },
    ...declaredFormat(fields),
  });
}

function checkGroups({ label, groups, folds }: CsvDatasetFields): void {
  if (groups === undefined) return;
  const wrong = folds === undefined
    ? "be given with data.folds, found no folds"
    : groups === label
    ? `name another column than data.label, found ${quoted(groups)} for both`
    : null;
  if (wrong !== null) throw new InputError(`Cannot use data: data.groups must ${wrong}`);
}

function checkDrop({ label, groups, drop = [] }: CsvDatasetFields): void {
  const used = [label, groups].find((column) => column !== undefined && drop.includes(column));
  if (used === undefined) return;
  throw new InputError(
    `Cannot use data: data.drop must name columns that are not used, found data.${
      used === label ? "label" : "groups"
    }, ${quoted(used)}`,
  );
}

const someColumns: Rule = {
  expected: "a list of different names of columns",
  accepts: (value) =>
    Array.isArray(value) && value.every(someText.accepts) && new Set(value).size === value.length,
};

const columnNames: Rule = {
  expected: "a list of different texts, one per column",
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
