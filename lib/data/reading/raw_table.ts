import type { RawColumn } from "../base/raw_column.ts";
import type { RowPlace } from "./base/row_place.ts";

/** The columns of a table as they were read; they are read one at a time, so that few are in memory. */
export interface RawTable {
  readonly rows: number;
  /** Names of the columns that were read, in the order of the files. */
  readonly names: readonly string[];
  /** Names of the columns of the files that were not read, since they are dropped or not named by `only`. */
  readonly ignored: readonly string[];
  /** How the text was read where that was found and not declared: phrases without a full stop, such as `separated by ";"`. */
  readonly findings: readonly string[];
  /** The first row of each file, in the order of the files. */
  readonly firstRows: readonly number[];
  /** Returns the file and the line of a row, from 1; of Parquet and JSON, the number of the row in its file. */
  readonly placeOf: (row: number) => RowPlace;
  /** Returns what is known of a column without its values. */
  readonly describe: (name: string) => Omit<RawColumn, "values">;
  /**
   * Reads a column.
   *
   * @throws {InputError} If the files changed since the table was read and must be read again.
   */
  readonly column: (name: string) => Promise<RawColumn>;
}
