import type { RawColumn } from "../../../lib/data/base/raw_column.ts";

/** Returns a column of numbers; null is missing. */
export function numberColumn(name: string, values: readonly (number | null)[]): RawColumn {
  return { name, type: "number", texts: null, values: Float64Array.from(values, (value) => value ?? NaN) };
}

/** Returns a column of texts; null is missing. */
export function textColumn(name: string, values: readonly (string | null)[]): RawColumn {
  const texts = [...new Set(values.filter((value) => value !== null))];
  const codes = Float64Array.from(values, (value) => value === null ? NaN : texts.indexOf(value));
  return { name, type: "text", texts, values: codes };
}

/** Returns a column of dates, in days since 1970-01-01; null is missing. */
export function dateColumn(name: string, days: readonly (number | null)[]): RawColumn {
  return { ...numberColumn(name, days), type: "date" };
}

/** Returns the numbers from `first` on, before `end`. */
export function rowsFrom(first: number, end: number): Int32Array {
  return Int32Array.from({ length: end - first }, (_, index) => first + index);
}

/** Returns the location of a row in messages of tests. */
export function placeOf(row: number): string {
  return `t.csv line ${row + 2}`;
}
