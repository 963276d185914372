import type { ColumnType } from "../../base/raw_column.ts";

/** A table that was decoded. */
export interface DecodedTable {
  readonly facts: TableFacts;
  /** Returns the values of a column of `facts.columns`, by its index. */
  readonly column: (index: number) => Float64Array | Promise<Float64Array>;
}

/** What is known of a table that was decoded, besides the values of its columns. */
export interface TableFacts {
  readonly rows: number;
  /** The columns that were read, in the order of their values. */
  readonly columns: readonly DecodedColumn[];
  readonly ignored: readonly string[];
  readonly findings: readonly string[];
  /** The first row of each file. */
  readonly firstRows: readonly number[];
  /** The lines of rows, as `LineRuns` has them. */
  readonly lines: Int32Array;
}

/** A column, without its values. */
export interface DecodedColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** The distinct texts; null for numbers and dates. */
  readonly texts: readonly string[] | null;
}
