import type { DType } from "../../core/numbers/dtype.ts";
import type { ColumnSpec, MissingSpec, Scaling, UnseenRule } from "./column_spec.ts";
import type { CsvFormat } from "./csv_format.ts";
import type { TableFormat } from "./table_format.ts";

/**
 * The source of an experiment's data and the sizes of its splits: plain data, part of every trial.
 *
 * Made by {@link mnist}, {@link cifar10}, {@link table}, {@link csvDataset} and {@link blobs}.
 */
export type DataSpec = MnistSpec | Cifar10Spec | TableSpec | CsvSpec | BlobsSpec;

/** The number of rows of each split; the training rows come first, then the validation rows. */
export interface SplitSizes {
  /** Rows of the training split, from the first row on. */
  readonly train: number;
  /** Rows of the validation split: those directly after the training rows. */
  readonly validation: number;
  /** Rows of the test split: the first of the official test set, or those directly after the validation rows. */
  readonly test: number;
  /**
   * The number of folds, at least 2, if declared. The training and validation rows are then one pool, and each fold of it
   * is validated once by a net that trained on the others.
   */
  readonly folds?: number;
}

/** The 28 x 28 handwritten digits of LeCun, Cortes and Burges: at most 60,000 training and 10,000 test rows. */
export interface MnistSpec extends SplitSizes {
  /** Identifies the source. */
  readonly kind: "mnist";
}

/** The 32 x 32 colour images of Krizhevsky: at most 50,000 training and 10,000 test rows. */
export interface Cifar10Spec extends SplitSizes {
  /** Identifies the source. */
  readonly kind: "cifar10";
}

/** A user's table: every column except the label and the groups is a number. */
export interface CsvSpec extends SplitSizes, CsvFormat {
  /** Identifies the source. */
  readonly kind: "csv";
  /** Path of the file, relative to the folder of the experiment file. */
  readonly file: string;
  /** Name of the column that holds the class. */
  readonly label: string;
  /** The classes in their order; labels outside this list are an error. */
  readonly classes: readonly string[];
  /** Seed of the shuffle of the rows before the split. */
  readonly seed: number;
  /** Whether the first line is a header, or the column names that the file lacks, if declared. */
  readonly header?: boolean | readonly string[];
  /** The precision of the features, if declared; see {@link csvDataset}. */
  readonly dtype?: DType;
  /** Name of the column that holds a row's group, if declared; all rows of a group are in one fold. */
  readonly groups?: string;
  /** Names of columns that are not used, if declared: they may hold anything. */
  readonly drop?: readonly string[];
}

/** A user's table: columns of several kinds, and how they are prepared and split. */
export interface TableSpec extends TableFormat {
  /** Identifies the source. */
  readonly kind: "table";
  /** Path of a file, of a folder with files, or of several files, relative to the folder of the experiment file. */
  readonly file: string | readonly string[];
  /** The same for the test split, if that has files of its own. */
  readonly testFile?: string | readonly string[];
  /** The SHA-256 that the content of `file` must have, if declared; required for a file of an npm package. */
  readonly sha256?: string;
  /** Name of the column that holds the class; omitted where `target` or `labels` say what is predicted. */
  readonly label?: string;
  /** Names of the columns of numbers that are predicted, if declared: regression. */
  readonly target?: readonly string[];
  /** Names of the columns of truth values that are predicted, if declared: several labels at once. */
  readonly labels?: readonly string[];
  /** The classes in their order, if declared. Default: those of the table, sorted. */
  readonly classes?: readonly string[];
  /** Classes that take the place of others, if declared: each with the labels that it joins. */
  readonly merge?: Readonly<Record<string, readonly string[]>>;
  /** What is declared of columns, by name. */
  readonly columns?: Readonly<Record<string, ColumnSpec>>;
  /** Names of columns that are not used, if declared: they may hold anything. */
  readonly drop?: readonly string[];
  /** Names of the columns that are features, if declared; all others are not used. */
  readonly only?: readonly string[];
  /** Name of the column that holds a row's group, if declared; all rows of a group are in one split and fold. */
  readonly groups?: string;
  /** Name of the column that says how much a row counts in training, if declared: positive numbers of any unit. */
  readonly weight?: string;
  /** How missing values are marked and filled, where declared. */
  readonly missing?: MissingSpec;
  /** How numbers are scaled. Default: "standardize". */
  readonly scaling?: Scaling;
  /** What becomes of categories that no training row has. Default: "zero". */
  readonly unseen?: UnseenRule;
  /** Rows of the training split: a count, or a fraction below 1. Default: 0.6, and what the test files leave. */
  readonly train?: number;
  /** Rows of the validation split: a count, or a fraction below 1. Default: 0.2. */
  readonly validation?: number;
  /** Rows of the test split: a count, or a fraction below 1. Default: 0.2; not declared with test files. */
  readonly test?: number;
  /** The number of folds of the training and validation rows, if declared. */
  readonly folds?: number;
  /** Whether each split has its share of each class. Default: true. */
  readonly stratify?: boolean;
  /** Name of a column of dates or numbers, if declared: validation rows are later than training rows, test rows latest. */
  readonly byTime?: string;
  /** The column that says the split of each row, if declared. */
  readonly splitColumn?: SplitColumn;
  /** Seed of the shuffle of the rows before the split. */
  readonly seed: number;
  /** The precision of the features. Default: "float32". */
  readonly dtype?: DType;
}

/** A column that says the split of each row. */
export interface SplitColumn {
  /** Its name. */
  readonly column: string;
  /** Its text for training rows. Default: "train". */
  readonly train?: string;
  /** Its text for validation rows. Default: "validation". */
  readonly validation?: string;
  /** Its text for test rows. Default: "test". */
  readonly test?: string;
}

/** Gaussian blobs, one per class, generated from a seed. */
export interface BlobsSpec extends SplitSizes {
  /** Identifies the source. */
  readonly kind: "blobs";
  /** Number of blobs. */
  readonly numClasses: number;
  /** Features of a row. */
  readonly inputDim: number;
  /** Standard deviation of each blob around its centre; the centres have a standard deviation of 1. */
  readonly spread: number;
  /** Seed of the centres and the points. */
  readonly seed: number;
}
