import type { RawColumn } from "../base/raw_column.ts";

/** What the values of a column show, besides their kind. */
export interface ColumnFacts {
  /** Rows without a value. */
  readonly missing: number;
  /** The least and the greatest number; null for texts, and without a value. */
  readonly range: readonly [number, number] | null;
  /** Whether all present values are the same. */
  readonly isConstant: boolean;
  /** Distinct values among the first {@link SAMPLED} rows. */
  readonly distinct: number;
  /** Whether each of those rows has a value of its own, and the values are texts or whole numbers, as those of an id. */
  readonly isId: boolean;
  /** Whether each value of those rows is of one class, and if so, whether each class has one value too. */
  readonly label: "equals" | "determines" | null;
}

/** What is needed besides the column. */
export interface FactsOptions {
  /** The rows that are used. */
  readonly rows: Int32Array;
  /** The class of each row of the table; null if there are none. */
  readonly labels: Int32Array | null;
}

/** Distinct values are counted among so many rows, so that a large table takes no more memory. */
export const SAMPLED = 100_000;

/** Fewer rows may all differ by chance. */
const FEWEST_IDS = 20;

/** A value of fewer rows is of one class by chance. */
const ROWS_PER_VALUE = 5;

/** Returns what the values of a column show. */
export function columnFacts(column: RawColumn, { rows, labels }: FactsOptions): ColumnFacts {
  const { values, type } = column;
  let missing = 0;
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    if (Number.isNaN(value)) missing += 1;
    else {
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  }
  const present = rows.length - missing;
  const sample = rows.subarray(0, SAMPLED).filter((row) => !Number.isNaN(values[row]));
  const classes = labels === null ? null : classesOf(sample, { values, labels });
  const distinct = classes?.size ?? new Set(sample.values().map((row) => values[row])).size;
  const areIds = type === "text" || sample.every((row) => Number.isSafeInteger(values[row]));
  return {
    missing,
    range: type === "text" || present === 0 ? null : [least, greatest],
    isConstant: present > 0 && least === greatest,
    distinct,
    isId: type !== "date" && sample.length >= FEWEST_IDS && distinct === sample.length && areIds,
    label: classes === null || sample.length < ROWS_PER_VALUE * distinct ? null : relationOf(classes),
  };
}

interface Sampled {
  readonly values: Float64Array;
  readonly labels: Int32Array;
}

/** Returns the class of each value; -1 where its rows are of several. */
function classesOf(sample: Int32Array, { values, labels }: Sampled): ReadonlyMap<number, number> {
  const classes = new Map<number, number>();
  for (const row of sample) {
    const known = classes.get(values[row]);
    classes.set(values[row], known === undefined || known === labels[row] ? labels[row] : -1);
  }
  return classes;
}

function relationOf(classes: ReadonlyMap<number, number>): "equals" | "determines" | null {
  const found = [...classes.values()];
  const held = new Set(found);
  if (held.has(-1) || held.size < 2) return null;
  return held.size === found.length ? "equals" : "determines";
}
