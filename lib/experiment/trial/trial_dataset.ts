import type { Dataset } from "../../data/base/dataset.ts";
import { foldDataset } from "../../data/folds/fold_dataset.ts";
import type { Trial } from "./trial.ts";

interface Last {
  readonly dataset: Dataset;
  readonly folds: number;
  readonly fold: number;
  readonly own: Dataset;
}

/** The fold that this thread used last: the next trial is often of another point and the same fold. */
let last: Last | null = null;

/**
 * Returns the data that a trial trains on and is validated on: the data set that it shares with all trials, or its fold of
 * it. Only the last fold is kept, so that a thread holds one copy.
 */
export function trialDataset(
  { data: { folds }, fold }: Pick<Trial, "data" | "fold">,
  dataset: Dataset,
): Dataset {
  if (folds === undefined || fold === undefined) return dataset;
  if (last?.dataset === dataset && last.folds === folds && last.fold === fold) return last.own;
  // The one before is dropped first.
  last = null;
  const own = foldDataset(dataset, { folds, fold });
  last = { dataset, folds, fold, own };
  return own;
}
