/** A column of a table as it was read. */
export interface RawColumn {
  /** Its name in the table. */
  readonly name: string;
  /**
   * Numbers; of dates, days since 1970-01-01 with the time of day as a fraction; of texts, indices into `texts`. NaN
   * where the value is missing. `[rows]`
   */
  readonly values: Float64Array;
  /** The distinct texts in the order of their first rows; null for numbers and dates. */
  readonly texts: readonly string[] | null;
  /** How its fields were read. */
  readonly type: ColumnType;
}

/** How the fields of a column are read. */
export type ColumnType = "number" | "text" | "date";
