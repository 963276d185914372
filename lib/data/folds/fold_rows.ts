import type { Dataset } from "../base/dataset.ts";
import { assignFolds, type FoldPool } from "./assign_folds.ts";

/** A fold of a data set. */
export interface FoldPlace {
  /** The number of folds. */
  readonly folds: number;
  /** The index of the fold, from 0. */
  readonly fold: number;
}

/** Returns the rows of the pool that a fold trains on, and those that it validates, in the order of the pool. */
export function foldRows(
  dataset: Pick<Dataset, "train" | "validation">,
  { folds, fold }: FoldPlace,
): FoldRows {
  const assigned = assignFolds(poolOf(dataset), folds);
  const rows = Int32Array.from({ length: assigned.length }, (_, row) => row);
  return {
    train: rows.filter((row) => assigned[row] !== fold),
    validation: rows.filter((row) => assigned[row] === fold),
  };
}

/** Rows of the pool. */
export interface FoldRows {
  readonly train: Int32Array;
  readonly validation: Int32Array;
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
