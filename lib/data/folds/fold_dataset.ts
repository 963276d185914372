import type { Dataset, Split } from "../base/dataset.ts";
import { featureMean } from "../base/feature_mean.ts";
import { sharedBytes, sharedFloats, sharedLabels } from "../base/shared_arrays.ts";
import { learnTargets } from "../preparation/learn_targets.ts";
import { prepareSplit } from "../preparation/prepare_split.ts";
import { featureNames, type Preparation } from "../base/preparation.ts";
import { type FoldPlace, type FoldRows, foldRows } from "./fold_rows.ts";

/**
 * Returns the data set of a fold: its rows of the pool are the validation split, all others the training split, and the
 * mean is that of the latter. The test split is the same.
 *
 * The pool is the training rows followed by the validation rows; rows keep its order.
 */
export function foldDataset(dataset: Dataset, { folds, fold }: FoldPlace): Dataset {
  const { train, validation } = foldRows(dataset, { folds, fold });
  if (dataset.raw !== undefined) {
    return prepareFold(dataset, { train, validation, preparation: dataset.raw.preparations[fold] });
  }
  const { inputDim } = dataset;
  const trained = takeRows(dataset, train);
  const mean = featureMean(trained, inputDim);
  return {
    ...dataset,
    ...ownTargets(dataset, trained),
    mean,
    train: trained,
    validation: takeRows(dataset, validation),
  };
}

interface Prepared extends FoldRows {
  readonly preparation: Preparation;
}

/** The features of a fold are made anew, those of its test rows too: what was learned is that of its training rows. */
function prepareFold(dataset: Dataset, { train, validation, preparation }: Prepared): Dataset {
  const { raw, test } = dataset;
  const pool = dataset.train.n + dataset.validation.n;
  const tested = Int32Array.from({ length: test.n }, (_, row) => pool + row);
  const names = featureNames(preparation);
  const dtype = test.x instanceof Float64Array ? "float64" : "float32";
  const x = (rows: Int32Array) => prepareSplit(raw!.columns, { preparation, rows, dtype });
  const trained = { ...takeFacts(dataset, train), x: x(train) };
  return {
    ...dataset,
    ...ownTargets(dataset, trained),
    inputDim: names.length,
    featureNames: names,
    preparation,
    mean: featureMean(trained, names.length),
    train: trained,
    validation: { ...takeFacts(dataset, validation), x: x(validation) },
    test: { ...test, x: x(tested) },
  };
}

/** Targets are scaled by what the training rows of the fold say. */
function ownTargets({ targets }: Dataset, trained: Pick<Split, "targets">): Pick<Dataset, "targets"> {
  return targets === undefined ? {} : { targets: learnTargets(trained.targets!, targets) };
}

function takeRows(dataset: Dataset, rows: Int32Array): Split {
  const { train, validation, inputDim } = dataset;
  const x = sharedLike(train.x, rows.length * inputDim);
  rows.forEach((row, index) => {
    const isFirst = row < train.n;
    const split = isFirst ? train : validation;
    const at = isFirst ? row : row - train.n;
    x.set(split.x.subarray(at * inputDim, (at + 1) * inputDim), index * inputDim);
  });
  return { ...takeFacts(dataset, rows), x };
}

/** Returns a split of rows of the pool without their features. */
function takeFacts({ train, validation, targets }: Dataset, rows: Int32Array): Omit<Split, "x"> {
  const labels = sharedLabels(rows);
  const lines = train.lines === undefined ? undefined : sharedLabels(rows);
  const weights = train.weights === undefined
    ? undefined
    : sharedFloats(rows.length, "float64") as Float64Array;
  const width = targets?.names.length ?? 0;
  const predicted = sharedFloats(rows.length * width, "float64") as Float64Array;
  rows.forEach((row, index) => {
    const isFirst = row < train.n;
    const split = isFirst ? train : validation;
    const at = isFirst ? row : row - train.n;
    for (let j = 0; j < width; j++) predicted[index * width + j] = split.targets![at * width + j];
    labels[index] = split.labels[at];
    if (lines !== undefined) lines[index] = split.lines![at];
    if (weights !== undefined) weights[index] = split.weights![at];
  });
  return {
    n: rows.length,
    labels,
    ...targets === undefined ? {} : { targets: predicted },
    ...lines === undefined ? {} : { lines },
    ...weights === undefined ? {} : { weights },
  };
}

function sharedLike(x: Split["x"], length: number): Split["x"] {
  if (x instanceof Uint8Array) return sharedBytes(length);
  return sharedFloats(length, x instanceof Float64Array ? "float64" : "float32");
}
