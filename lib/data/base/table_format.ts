import type { CsvFormat } from "./csv_format.ts";

/** How the files of a table are written; what is not declared is found out, or as in RFC 4180, in UTF-8. */
export interface TableFormat extends Omit<CsvFormat, "separator"> {
  /** What stands between two fields. Default: the one that gives most lines the same number of fields. */
  readonly separator?: CsvFormat["separator"];
  /**
   * What stands before and after a field that may contain separators and line ends; inside, it is doubled. "" if
   * nothing does: each such character is then a part of its field. Default: `"`.
   */
  readonly quote?: string;
  /**
   * Whether the first line has the names of the columns (true) or is a row (false: they are column1, column2, ...), or
   * the names that the files lack. Default: the first line has the names, which is an error if it looks like a row.
   */
  readonly header?: boolean | readonly string[];
}
