import { InputError } from "../../core/check/errors.ts";
import { quoted, quotedList } from "../../core/text/quoted.ts";
import type { LoadOptions } from "../base/data_source.ts";
import type { TableSpec } from "../base/data_spec.ts";
import type { RawColumn } from "../base/raw_column.ts";
import { declaredKind, predictedColumns } from "../base/predicted.ts";
import type { Targets } from "../base/targets.ts";
import type { ColumnPlan } from "../preparation/column_plan.ts";
import type { RawTable } from "../reading/raw_table.ts";
import type { DividedRows } from "../splits/divide_rows.ts";
import { divideTable } from "./divide_table.ts";
import { planColumn } from "./plan_columns.ts";
import { readClasses } from "./read_classes.ts";
import { readColumns } from "./read_columns.ts";
import { readTargets } from "./read_targets.ts";

/** A table that was read and divided, before its columns are prepared. */
export interface OpenedTable {
  /** Names of its files. */
  readonly files: readonly string[];
  readonly raw: RawTable;
  /** How each feature column is prepared, in the order of the table. */
  readonly plans: readonly ColumnPlan[];
  readonly classNames: readonly string[];
  /** Index of each row's class, or 0 if rows have targets, `[rows]`; -1 where a row has none. */
  readonly labels: Int32Array;
  /** Null if rows have classes. */
  readonly targets: TableTargets | null;
  /** Number of each row's group, from 0 in the order of their first rows, `[rows]`; null without groups. */
  readonly groups: Int32Array | null;
  /** How much each row counts in training, `[rows]`; null if all count the same. */
  readonly weights: Float64Array | null;
  /** Rows of each split, in the order of the table. */
  readonly divided: DividedRows;
  /** Rows that were left out, since they lack a label or a value. */
  readonly dropped: number;
  /** Returns the location of a row, for messages. */
  readonly placeOf: (row: number) => string;
}

/** The targets of all rows. */
export interface TableTargets extends Pick<Targets, "kind" | "names"> {
  /** `[rows, targets]` */
  readonly values: Float64Array;
}

/**
 * Reads a table and divides its rows.
 *
 * @throws {InputError} If a file is missing or wrong, a declared column is not in it, or rows do not suffice.
 */
export async function openTable(spec: TableSpec, options: LoadOptions): Promise<OpenedTable> {
  const { raw, files, testFiles } = await readColumns(spec, options);
  const { groups, weight } = spec;
  const placeOf = (row: number) => {
    const { file, line } = raw.placeOf(row);
    return `${file} line ${line}`;
  };
  const { classNames, labels, targets } = await readPredicted(raw, { spec, placeOf });
  const plans: ColumnPlan[] = [];
  for (const name of raw.names) {
    if (isFeature(name, spec)) plans.push(planColumn(raw.describe(name), spec));
  }
  if (plans.length === 0) {
    throw new InputError(
      `Cannot use data: a column must be a feature, found ${PREDICTED[declaredKind(spec)]} ${
        quotedList(predictedColumns(spec))
      } alone`,
    );
  }
  const rows = await usedRows({ raw, labels, plans });
  const numbers = groups === undefined ? null : groupNumbers(await raw.column(groups), { rows, placeOf });
  const firstTest = testFiles.length === 0 ? raw.rows : raw.firstRows[files.length];
  const divided = await divideTable({ raw, spec, rows, labels, groups: numbers, firstTest, placeOf });
  // In the order of the table, columns are read from their first value to the last; each epoch shuffles anyway.
  const inOrder = {
    train: divided.train.sort(),
    validation: divided.validation.sort(),
    test: divided.test.sort(),
  };
  return {
    files: [...files, ...testFiles].map(({ name }) => name),
    raw,
    plans,
    classNames,
    labels,
    targets,
    groups: numbers,
    weights: weight === undefined ? null : checkedWeights(await raw.column(weight), { rows, placeOf }),
    divided: inOrder,
    dropped: raw.rows - rows.length,
    placeOf,
  };
}

const PREDICTED = { class: "the label", numbers: "the target", labels: "the labels" } as const;

interface Predicting {
  readonly spec: TableSpec;
  readonly placeOf: (row: number) => string;
}

async function readPredicted(
  raw: RawTable,
  { spec, placeOf }: Predicting,
): Promise<Pick<OpenedTable, "classNames" | "labels" | "targets">> {
  const kind = declaredKind(spec);
  const columns: RawColumn[] = [];
  for (const name of predictedColumns(spec)) columns.push(await raw.column(name));
  if (kind === "class") return { ...readClasses(columns[0], { spec, placeOf }), targets: null };
  const { labels, ...targets } = readTargets(columns, { kind, spec, placeOf });
  return { classNames: [], labels, targets: { kind, ...targets } };
}

function isFeature(name: string, spec: TableSpec): boolean {
  const { groups, weight, splitColumn, drop = [], only } = spec;
  if ([...predictedColumns(spec), groups, weight, splitColumn?.column].includes(name)) return false;
  return only === undefined ? !drop.includes(name) : only.includes(name);
}

interface Rows {
  readonly raw: RawTable;
  readonly labels: Int32Array;
  readonly plans: readonly ColumnPlan[];
}

/** Returns the rows that have a label, and a value in each column whose rows without one are dropped. */
async function usedRows({ raw, labels, plans }: Rows): Promise<Int32Array> {
  let rows = new Int32Array(raw.rows);
  let count = 0;
  for (let row = 0; row < raw.rows; row++) if (labels[row] >= 0) rows[count++] = row;
  rows = rows.subarray(0, count);
  for (const { name, missing } of plans) {
    if (missing !== "dropRow") continue;
    const { values } = await raw.column(name);
    rows = rows.filter((row) => !Number.isNaN(values[row]));
  }
  return rows;
}

function checkedWeights({ name, values }: RawColumn, { rows, placeOf }: GroupPlace): Float64Array {
  const wrong = rows.find((row) => !(values[row] > 0));
  if (wrong === undefined) return values;
  throw new InputError(
    `Cannot read data: ${placeOf(wrong)}, column ${quoted(name)}: a weight must be a positive number, found ${
      Number.isNaN(values[wrong]) ? "none" : values[wrong]
    }`,
  );
}

interface GroupPlace {
  readonly rows: Int32Array;
  readonly placeOf: (row: number) => string;
}

function groupNumbers({ name, values }: RawColumn, { rows, placeOf }: GroupPlace): Int32Array {
  const lacking = rows.find((row) => Number.isNaN(values[row]));
  if (lacking === undefined) return Int32Array.from(values);
  throw new InputError(
    `Cannot read data: ${placeOf(lacking)}, column ${quoted(name)}: a group must have a name, found none`,
  );
}
