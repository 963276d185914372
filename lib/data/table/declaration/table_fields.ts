import type { ColumnKind, ColumnSpec } from "../../base/column_spec.ts";
import type { SplitColumn, TableSpec } from "../../base/data_spec.ts";

/** Fields of `table`: those of every table, and what is predicted. */
export type TableFields = CommonFields & (ClassFields | TargetFields | LabelsFields);

/** Fields of `table` for a class. */
export interface ClassFields extends Pick<TableSpec, "classes" | "merge" | "stratify"> {
  /** Name of the column that holds the class. */
  readonly label: string;
  /** Not given beside `label`. */
  readonly target?: never;
  /** Not given beside `label`. */
  readonly labels?: never;
}

/** Fields of `table` for numbers: regression. */
export interface TargetFields {
  /** Name of the column of numbers that is predicted, or several names. */
  readonly target: string | readonly string[];
  /** Not given beside `target`. */
  readonly label?: never;
  /** Not given beside `target`. */
  readonly labels?: never;
  /** Only with `label`. */
  readonly classes?: never;
  /** Only with `label`. */
  readonly merge?: never;
  /** Only with `label`. */
  readonly stratify?: never;
}

/** Fields of `table` for several labels at once. */
export interface LabelsFields extends Pick<TargetFields, "classes" | "merge" | "stratify"> {
  /** Names of the columns of truth values that are predicted, at least 2: 0 and 1, or words such as yes and no. */
  readonly labels: readonly string[];
  /** Not given beside `labels`. */
  readonly label?: never;
  /** Not given beside `labels`. */
  readonly target?: never;
}

/** Fields of `table` that do not depend on what is predicted. */
export type CommonFields =
  & Omit<TableSpec, "kind" | "seed" | "columns" | "splitColumn" | keyof ClassFields>
  & {
    /** The kind of a column, or all that is declared of it, by name. Default: what is found out. */
    readonly columns?: Readonly<Record<string, ColumnKind | ColumnSpec>>;
    /** The column that says the split of each row, by its name or with its texts. Default: the rows are divided. */
    readonly splitColumn?: string | SplitColumn;
    /** Seed of the shuffle of the rows before the split, a whole number from 0. Default: 0. */
    readonly seed?: number;
  };
