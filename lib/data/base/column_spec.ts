/** The kind of a table's column: it decides which features a net gets from it. */
export type ColumnKind = "numeric" | "categorical" | "ordinal" | "boolean" | "date";

/** How numbers are brought to a common range; learned on the training rows. */
export type Scaling = "standardize" | "minMax" | "robust" | "log1p" | "none";

/** A value that takes the place of each missing one. */
export interface Constant {
  /** The value, as the column has it: a number, or a text. */
  readonly constant: number | string;
}

/** What becomes of the missing values of a column of numbers; learned on the training rows. */
export type NumberFill = "mean" | "median" | "mostFrequent" | "indicator" | "dropRow" | Constant;

/** What becomes of the missing values of a column of texts or truth values; learned on the training rows. */
export type TextFill = "mostFrequent" | "indicator" | "dropRow" | Constant;

/** A number that is taken from a date. */
export type DatePart = "days" | "year" | "month" | "day" | "weekday" | "dayOfYear" | "hour";

/** What is declared of a column; what is not follows the table, or is found out. */
export interface ColumnSpec {
  /** Default: found out from the column's values. */
  readonly kind?: ColumnKind;
  /** The values of an ordinal column in their order, the lowest first. */
  readonly order?: readonly string[];
  /** The values of a categorical column. Default: those of the training rows, sorted. */
  readonly categories?: readonly string[];
  /** How a date is written, such as "DD.MM.YYYY". Default: ISO 8601. */
  readonly format?: string;
  /** What is taken from a date. Default: the days since the first one of the training rows. */
  readonly parts?: readonly DatePart[];
  /** What becomes of missing values. Default: as the table declares. */
  readonly missing?: NumberFill | TextFill;
  /** How the numbers are scaled. Default: as the table declares. */
  readonly scaling?: Scaling;
  /** What becomes of a category that no training row has. Default: as the table declares. */
  readonly unseen?: UnseenRule;
}

/** What becomes of a category that no training row has: zeros for all categories and a warning, or an error. */
export type UnseenRule = "zero" | "error";

/** How a table marks missing values, and what becomes of them. */
export interface MissingSpec {
  /** Texts that stand for a missing value, such as "?" or "NA"; a blank field always does. Default: none. */
  readonly markers?: readonly string[];
  /** Default: "median". */
  readonly numeric?: NumberFill;
  /** Default: "indicator", a category of its own. */
  readonly categorical?: TextFill;
  /** What becomes of a row whose label is missing. Default: an error. */
  readonly label?: "dropRow";
}
