import type { TableFields } from "./table_fields.ts";
import { deepFreeze } from "../../../core/check/deep_freeze.ts";
import { InputError } from "../../../core/check/errors.ts";
import {
  aBoolean,
  anObject,
  aSha256,
  checkFields,
  either,
  listOf,
  oneOf,
  type Rule,
  someText,
  wholeNumber,
} from "../../../core/check/fields.ts";
import { quoted } from "../../../core/text/quoted.ts";

import type { SplitColumn, TableSpec } from "../../base/data_spec.ts";
import { foldRules } from "../../base/split_rules.ts";
import { checkMissing, differentTexts, scalingRule, unseenRule } from "./column_rules.ts";
import { checkClasses, declaredPrediction } from "./declared_prediction.ts";
import { declaredColumn } from "./declared_column.ts";
import { checkNumberMarks, tableFormatRules } from "./table_format_rules.ts";

/**
 * Declares a table of a user: a file as people have it, and how its columns become features.
 *
 * The file is delimited text (`.csv`, `.tsv`, `.txt` or `.data`, also `.gz`), Parquet or JSON; a folder or a list of such
 * files with one header is one table. A separator that is not declared is found out, and said.
 *
 * `label` names the column with the class, `target` one or more columns of numbers (regression), and `labels` several columns
 * that are each true or false. Targets are standardized on the training rows for training, and results are in their own
 * units.
 *
 * Each other column is a feature: numbers, dates and truth values are recognized, other texts are categories with
 * a feature each; `columns` declares otherwise. Missing values are blank, or one of `missing.markers`; by default numbers
 * get the median, and texts a category of their own. Numbers are standardized by default. All of this is learned on the
 * training rows of the split or fold at hand. By comparison, scikit-learn learns from the rows that `fit` is given, and
 * pandas' `get_dummies` from all.
 *
 * Splits have counts or fractions of rows, by default 0.6, 0.2 and 0.2, and each its share of each class. `groups` keeps
 * rows together, `byTime` makes later splits of later rows, `splitColumn` names a column that says the split, and
 * `testFile` has the test rows.
 *
 * @throws {InputError} If a field is wrong; no file is read.
 *
 * @example
 * ```ts
 * import { table } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const data = table({
 *   file: "data/penguins.csv",
 *   label: "species",
 *   drop: ["rowid"],
 *   missing: { markers: ["NA"], numeric: "mean" },
 *   folds: 5,
 * });
 * assertEquals([data.kind, data.seed], ["table", 0]);
 * ```
 */
export function table(fields: TableFields): TableSpec {
  checkFields(fields, {
    action: "use data",
    path: "data",
    required: { file: somePaths },
    optional: OPTIONAL,
  });
  const predicted = declaredPrediction(fields);
  if (fields.missing !== undefined) checkMissing(fields.missing);
  const splitColumn = declaredSplitColumn(fields.splitColumn);
  const columns = Object.entries(fields.columns ?? {}).map(([name, column]) =>
    [name, declaredColumn(column, { path: `data.columns.${name}` })] as const
  );
  const spec: TableSpec = {
    ...withoutDefaults(fields),
    kind: "table",
    file: fields.file,
    ...predicted,
    seed: fields.seed ?? 0,
    ...columns.length === 0 ? {} : { columns: Object.fromEntries(columns) },
    ...splitColumn === undefined ? {} : { splitColumn },
  };
  checkNumberMarks(spec);
  checkUses(spec);
  checkSplits(spec);
  checkClasses(spec);
  checkPackage(spec);
  return deepFreeze(structuredClone(spec));
}

const somePaths: Rule = either(someText, {
  ...differentTexts,
  expected: "a list of different paths",
});

const aSize: Rule = {
  expected: "a count of rows from 1 on, or a fraction below 1",
  accepts: (value) => typeof value === "number" && value > 0 && (value < 1 || Number.isSafeInteger(value)),
};

const OPTIONAL: Readonly<Record<string, Rule>> = {
  label: someText,
  target: either(someText, { ...differentTexts, expected: "a list of different names" }),
  labels: {
    expected: "a list of at least 2 different names",
    accepts: (value) => differentTexts.accepts(value) && (value as readonly string[]).length >= 2,
  },
  testFile: somePaths,
  sha256: aSha256,
  classes: {
    expected: "a list of at least 2 different texts",
    accepts: (value) => differentTexts.accepts(value) && (value as readonly string[]).length >= 2,
  },
  merge: {
    expected: "an object that has a list of labels for each class",
    accepts: (value) =>
      anObject.accepts(value) && Object.values(value as object).every(differentTexts.accepts),
  },
  columns: anObject,
  drop: listOf(someText),
  only: differentTexts,
  groups: someText,
  weight: someText,
  missing: anObject,
  scaling: scalingRule,
  unseen: unseenRule,
  train: aSize,
  validation: aSize,
  test: aSize,
  stratify: aBoolean,
  byTime: someText,
  splitColumn: either(someText, anObject),
  seed: wholeNumber({ min: 0 }),
  dtype: oneOf("float32", "float64"),
  ...tableFormatRules,
  ...foldRules,
};

/** Fields that declare their default, which are left out, so that they are no part of what identifies the data. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  scaling: "standardize",
  unseen: "zero",
  stratify: true,
  dtype: "float32",
};

function withoutDefaults(
  { columns: _, splitColumn: _s, label: _l, target: _t, labels: _m, missing, drop, ...fields }: TableFields,
) {
  const declared = Object.entries(fields).filter(([name, value]) =>
    value !== undefined && value !== DEFAULTS[name]
  );
  const own = Object.entries(missing ?? {}).filter(([name, value]) =>
    value !== undefined && value !== { numeric: "median", categorical: "indicator" }[name]
  );
  return {
    ...Object.fromEntries(declared),
    ...own.length === 0 ? {} : { missing: Object.fromEntries(own) },
    ...drop === undefined || drop.length === 0 ? {} : { drop: [...new Set(drop)] },
  };
}

function declaredSplitColumn(declared: TableFields["splitColumn"]): SplitColumn | undefined {
  if (declared === undefined) return undefined;
  const split: SplitColumn = typeof declared === "string" ? { column: declared } : declared;
  const path = "data.splitColumn";
  const optional = { train: someText, validation: someText, test: someText };
  checkFields(split, { action: "use data", path, required: { column: someText }, optional });
  const { train = "train", validation = "validation", test = "test" } = split;
  if (new Set([train, validation, test]).size < 3) {
    fail(
      `${path} must have a text of its own for each split, found ${
        [train, validation, test].map(quoted).join(", ")
      }`,
    );
  }
  return split;
}

/** A column has one use: only the column of times may be a feature too. */
function checkUses(spec: TableSpec): void {
  const { label, target = [], labels = [], groups, weight, splitColumn, byTime } = spec;
  const { drop = [], only = [], columns = {} } = spec;
  const uses = [
    ["label", label],
    ...target.map((name) => ["target", name] as const),
    ...labels.map((name) => ["labels", name] as const),
    ["groups", groups],
    ["weight", weight],
    ["splitColumn", splitColumn?.column],
  ] as const;
  for (const [use, column] of uses) {
    if (column === undefined) continue;
    const other = uses.find(([name, own]) => name !== use && own === column);
    if (other !== undefined) {
      fail(`data.${other[0]} must name another column than data.${use}, found ${quoted(column)} for both`);
    }
    const list = [["drop", drop], ["only", only], ["columns", Object.keys(columns)]] as const;
    const named = list.find(([, names]) => names.includes(column));
    if (named !== undefined) {
      fail(`data.${named[0]} must name features only, found data.${use}, ${quoted(column)}`);
    }
  }
  if (byTime !== undefined && uses.some(([, column]) => column === byTime)) {
    fail(`data.byTime must name a column of its own, found ${quoted(byTime)}, which has another use`);
  }
  const both = only.find((column) => drop.includes(column));
  if (both !== undefined) {
    fail(`data.drop must name other columns than data.only, found ${quoted(both)} in both`);
  }
  const unused = Object.keys(columns).find((column) =>
    column !== byTime && (drop.includes(column) || (only.length > 0 && !only.includes(column)))
  );
  if (unused === undefined) return;
  const where = drop.includes(unused) ? "which data.drop names" : "which data.only does not name";
  fail(`data.columns must name columns that are used, found ${quoted(unused)}, ${where}`);
}

function checkSplits(spec: TableSpec): void {
  const { train, validation, test, testFile, splitColumn, byTime, groups, stratify, folds } = spec;
  const ways = [["testFile", testFile], ["splitColumn", splitColumn]] as const;
  const [first, second] = ways.filter(([, value]) => value !== undefined).map(([name]) => name);
  if (second !== undefined) {
    fail(`data.${second} must not be given with data.${first}: both say which rows are for the test`);
  }
  if (first !== undefined && test !== undefined) {
    fail(`data.test must not be given with data.${first}, which says the test rows`);
  }
  if (splitColumn !== undefined && train !== undefined) {
    fail("data.train must not be given with data.splitColumn, which says the training rows");
  }
  if (byTime !== undefined) {
    const other = folds !== undefined ? "folds" : groups !== undefined ? "groups" : null;
    if (other !== null) {
      fail(`data.byTime must not be given with data.${other}, which deals rows of all times`);
    }
    if (stratify !== undefined) {
      fail("data.stratify must not be given with data.byTime, which divides rows by their time");
    }
    if (splitColumn !== undefined) {
      fail("data.byTime must not be given with data.splitColumn, which says the splits");
    }
  }
  const sizes = [train, validation, test].filter((size) => size !== undefined);
  const sum = sizes.reduce((total, size) => total + size, 0);
  if (sizes.length > 0 && sizes.every((size) => size < 1) && sum > 1 + 1e-9) {
    fail(
      `data.train, data.validation and data.test must add up to at most 1, found ${
        Number(sum.toPrecision(12))
      }`,
    );
  }
}

/** A file of a package is fetched: what it must hold is declared. */
function checkPackage({ file, testFile, sha256 }: TableSpec): void {
  const files = [file, testFile ?? []].flat();
  const packaged = files.find((name) => name.startsWith("npm:"));
  if (packaged === undefined) return;
  if (files.length > 1) fail("data.file must be one file where it is in an npm package, found several");
  if (!PACKAGED.test(packaged)) {
    fail(
      `data.file must be written as npm:NAME@VERSION/PATH, such as npm:vega-datasets@3.2.1/data/cars.json, found ${
        quoted(packaged)
      }`,
    );
  }
  if (sha256 === undefined) {
    fail(
      `data.sha256 must be given for a file of an npm package, ${
        quoted(packaged)
      }: the SHA-256 of its content`,
    );
  }
}

const PACKAGED = /^npm:(@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+[\w.+-]*\/[^\s]+$/;

function fail(what: string): never {
  throw new InputError(`Cannot use data: ${what}`);
}
