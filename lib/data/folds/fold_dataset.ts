import type { Dataset, Split } from "../base/dataset.ts";
import { featureMean } from "../base/feature_mean.ts";
import { sharedBytes, sharedFloats, sharedLabels } from "../base/shared_arrays.ts";
import { assignFolds, type FoldPool } from "./assign_folds.ts";

/** A fold of a data set. */
export interface FoldPlace {
  /** The number of folds. */
  readonly folds: number;
  /** The index of the fold, from 0. */
  readonly fold: number;
}

/**
 * Returns the data set of a fold: its rows of the pool are the validation split, all others the training split, and the
 * mean is that of the latter. The test split is the same.
 *
 * The pool is the training rows followed by the validation rows; rows keep its order.
 */
export function foldDataset(dataset: Dataset, { folds, fold }: FoldPlace): Dataset {
  const assigned = assignFolds(poolOf(dataset), folds);
  const rows = Int32Array.from({ length: assigned.length }, (_, row) => row);
  const { inputDim } = dataset;
  const train = takeRows(dataset, rows.filter((row) => assigned[row] !== fold));
  const validation = takeRows(dataset, rows.filter((row) => assigned[row] === fold));
  return { ...dataset, mean: featureMean(train, inputDim), train, validation };
}

/** Returns the classes and groups of the rows that are divided into folds. */
export function poolOf({ train, validation }: Pick<Dataset, "train" | "validation">): FoldPool {
  const joined = (first: Int32Array, second: Int32Array) => {
    const both = new Int32Array(first.length + second.length);
    both.set(first);
    both.set(second, first.length);
    return both;
  };
  const labels = joined(train.labels, validation.labels);
  return train.groups === undefined || validation.groups === undefined
    ? { labels }
    : { labels, groups: joined(train.groups, validation.groups) };
}

function takeRows({ train, validation, inputDim }: Dataset, rows: Int32Array): Split {
  const x = sharedLike(train.x, rows.length * inputDim);
  const labels = sharedLabels(rows);
  const lines = train.lines === undefined ? undefined : sharedLabels(rows);
  rows.forEach((row, index) => {
    const isFirst = row < train.n;
    const split = isFirst ? train : validation;
    const at = isFirst ? row : row - train.n;
    x.set(split.x.subarray(at * inputDim, (at + 1) * inputDim), index * inputDim);
    labels[index] = split.labels[at];
    if (lines !== undefined) lines[index] = split.lines![at];
  });
  return { n: rows.length, x, labels, ...lines === undefined ? {} : { lines } };
}

function sharedLike(x: Split["x"], length: number): Split["x"] {
  if (x instanceof Uint8Array) return sharedBytes(length);
  return sharedFloats(length, x instanceof Float64Array ? "float64" : "float32");
}
