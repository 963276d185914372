import type { Warning } from "../../core/check/warning.ts";

/** What a table holds, for people: plain data. */
export interface TableProfile {
  /** Names of its files. */
  readonly files: readonly string[];
  readonly rows: number;
  /** Rows that are left out, since they lack a label or a required value. */
  readonly dropped: number;
  /** How its text was read, where that was found out: sentences without a full stop. */
  readonly findings: readonly string[];
  /** In the order of the table. */
  readonly columns: readonly ColumnProfile[];
  /** Rows of each class by split; null without a label. */
  readonly classes: readonly ClassProfile[] | null;
  /** The number of folds of the training and validation rows; null without folds. */
  readonly folds: number | null;
  /** Features that a net gets; null without a label. */
  readonly inputDim: number | null;
  readonly warnings: readonly Warning[];
}

/** What a column holds. */
export interface ColumnProfile {
  readonly name: string;
  /** Its kind where it is a feature, else its use, such as "label" or "not used". */
  readonly kind: string;
  /** Rows without a value; null where it was not read. */
  readonly missing: number | null;
  /** Distinct values; null where it was not read. */
  readonly distinct: number | null;
  /** The least and the greatest value, or the most frequent texts. */
  readonly range: string;
  /** Rows in each of a few equal parts of the range, or of the most frequent texts. */
  readonly histogram: readonly number[];
}

/** Rows of a class by split. */
export interface ClassProfile {
  readonly name: string;
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}
