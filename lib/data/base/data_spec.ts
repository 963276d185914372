import type { DType } from "../../core/numbers/dtype.ts";
import type { CsvFormat } from "./csv_format.ts";

/**
 * The source of an experiment's data and the sizes of its splits: plain data, part of every trial.
 *
 * Made by {@link mnist}, {@link cifar10}, {@link csvDataset} and {@link blobs}.
 */
export type DataSpec = MnistSpec | Cifar10Spec | CsvSpec | BlobsSpec;

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
