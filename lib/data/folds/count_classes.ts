import type { Dataset } from "../base/dataset.ts";
import { assignFolds } from "./assign_folds.ts";
import { poolOf } from "./fold_rows.ts";

/** Rows by class, `[numClasses]` each. */
export interface ClassCounts {
  /** The training and validation rows together. */
  readonly pool: Float64Array;
  /** The rows that each fold validates; its nets train on the others. */
  readonly folds: readonly Float64Array[];
}

/** Counts the rows of each class in the folds of a data set. */
export function countClasses(dataset: Dataset, folds: number): ClassCounts {
  const { labels, groups } = poolOf(dataset);
  const assigned = assignFolds({ labels, groups }, folds);
  const none = () => new Float64Array(dataset.numClasses);
  const counts = { pool: none(), folds: Array.from({ length: folds }, none) };
  for (let row = 0; row < assigned.length; row++) {
    counts.pool[labels[row]] += 1;
    counts.folds[assigned[row]][labels[row]] += 1;
  }
  return counts;
}
