import type { Warning } from "../../core/check/warning.ts";
import type { RawColumn } from "./raw_column.ts";
import type { Preparation } from "./preparation.ts";
import type { Targets } from "./targets.ts";

/** A loaded data set; its arrays are views of SharedArrayBuffers, so that workers share one copy. */
export interface Dataset {
  /** Features of a row. */
  readonly inputDim: number;
  /** Number of classes; labels run from 0 to numClasses - 1. With targets it is 1, and each label is 0. */
  readonly numClasses: number;
  /** The classes' names, in label order; none with targets. */
  readonly classNames: readonly string[];
  /** What is predicted instead of a class. Default: rows have classes. */
  readonly targets?: Targets;
  /** The image that a row holds, channel planes one after the other; null if rows are no images. */
  readonly image: ImageShape | null;
  /** Mean of each feature over the training split only, `[inputDim]`. */
  readonly mean: Float32Array | Float64Array;
  /** Rows to train on. */
  readonly train: Split;
  /** Rows to choose the winner by. */
  readonly validation: Split;
  /** Rows to measure the winner on. */
  readonly test: Split;
  /** Warnings about its source for readers of results. Default: none. */
  readonly warnings?: readonly Warning[];
  /** What was found out of a table that its declaration does not say, a sentence each. Default: nothing. */
  readonly notes?: readonly string[];
  /** Names of the features in their order. Default: they have none. */
  readonly featureNames?: readonly string[];
  /** How the columns of a table became the features, learned on the training split. Default: it is no table. */
  readonly preparation?: Preparation;
  /** What a fold is prepared from. Default: folds take their rows as they are. */
  readonly raw?: RawTableRows;
}

/** The columns of a table as they were read, and how those of each fold are prepared. */
export interface RawTableRows {
  /** Their rows are the training, the validation and the test rows, one after the other. */
  readonly columns: readonly RawColumn[];
  /** For each fold, learned on the rows that it trains on. */
  readonly preparations: readonly Preparation[];
}

/** The rows of one split. */
export interface Split {
  /** Number of rows. */
  readonly n: number;
  /** Features as the source has them, row after row, `[n, inputDim]`. */
  readonly x: Uint8Array | Float32Array | Float64Array;
  /** Labels, `[n]`. */
  readonly labels: Int32Array;
  /** Numbers in their own units, or labels as 0 and 1, row after row, `[n, targets]`; omitted if rows have classes. */
  readonly targets?: Float64Array;
  /** Line of each row in the source's file, from 1, `[n]`; omitted if the source has no lines. */
  readonly lines?: Int32Array;
  /** Number of each row's group, `[n]`; omitted if the source has no groups. */
  readonly groups?: Int32Array;
  /** How much each row counts in training, positive, in any unit, `[n]`; omitted if all count the same. */
  readonly weights?: Float64Array;
}

/** The shape of an image held in a row. */
export interface ImageShape {
  /** Pixels across. */
  readonly width: number;
  /** Pixels down. */
  readonly height: number;
  /** Values per pixel: 1 for grey, 3 for colour. */
  readonly channels: number;
}
