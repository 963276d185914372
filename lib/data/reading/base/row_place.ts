/** Where a row is, for messages. */
export interface RowPlace {
  readonly file: string;
  /** From 1; of Parquet and JSON, the number of the row in its file. */
  readonly line: number;
}
