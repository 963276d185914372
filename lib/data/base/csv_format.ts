/** How the text of a table is written; what is not declared is as in RFC 4180, in UTF-8. */
export interface CsvFormat {
  /** What stands between two fields. Default: a comma. */
  readonly separator?: "," | ";" | "\t" | "|";
  /** Whether numbers have a comma before their fraction, not a point. Default: false. */
  readonly decimalComma?: boolean;
  /** What stands between the groups of three digits of a number. Default: nothing does. */
  readonly thousands?: "," | "." | "'" | "_" | " ";
  /** Lines that begin with this character are no rows. Default: every line is one. */
  readonly comment?: string;
  /** How letters are written as bytes. Default: "utf-8". */
  readonly encoding?: CsvEncoding;
}

/** An encoding of a table's letters. */
export type CsvEncoding = "utf-8" | "utf-16le" | "utf-16be" | "latin1" | "windows-1252";
