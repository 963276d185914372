import type { Warning } from "../../core/check/warning.ts";

/** A loaded data set; its arrays are views of SharedArrayBuffers, so that workers share one copy. */
export interface Dataset {
  /** Features of a row. */
  readonly inputDim: number;
  /** Number of classes; labels run from 0 to numClasses - 1. */
  readonly numClasses: number;
  /** The classes' names, in label order. */
  readonly classNames: readonly string[];
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
}

/** The rows of one split. */
export interface Split {
  /** Number of rows. */
  readonly n: number;
  /** Features as the source has them, row after row, `[n, inputDim]`. */
  readonly x: Uint8Array | Float32Array | Float64Array;
  /** Labels, `[n]`. */
  readonly labels: Int32Array;
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
