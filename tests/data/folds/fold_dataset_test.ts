import { assert, assertEquals } from "@std/assert";
import { blobs } from "../../../lib/data/blobs.ts";
import type { Dataset } from "../../../lib/data/base/dataset.ts";
import { featureMean } from "../../../lib/data/base/feature_mean.ts";
import { assignFolds } from "../../../lib/data/folds/assign_folds.ts";
import { foldDataset } from "../../../lib/data/folds/fold_dataset.ts";
import { poolOf } from "../../../lib/data/folds/fold_rows.ts";
import { loadDataset } from "../../../lib/data/load_dataset.ts";

const DATA = await loadDataset(
  blobs({ numClasses: 3, inputDim: 2, spread: 0.3, train: 20, validation: 9, test: 5, folds: 4 }),
);

/** Returns the rows of a split as texts, features and label. */
function rowsOf(split: Dataset["train"], inputDim: number): readonly string[] {
  return Array.from(
    split.labels,
    (label, row) => `${split.x.slice(row * inputDim, (row + 1) * inputDim)} ${label}`,
  );
}

Deno.test("foldDataset() validates on the rows of a fold and trains on all others, in the order of the pool", () => {
  const pool = [...rowsOf(DATA.train, 2), ...rowsOf(DATA.validation, 2)];
  const assigned = assignFolds(poolOf(DATA), 4);
  for (let fold = 0; fold < 4; fold++) {
    const { train, validation, test } = foldDataset(DATA, { folds: 4, fold });
    assertEquals(rowsOf(validation, 2), pool.filter((_, row) => assigned[row] === fold));
    assertEquals(rowsOf(train, 2), pool.filter((_, row) => assigned[row] !== fold));
    assertEquals([train.n, validation.n], [train.labels.length, validation.labels.length]);
    assert(test === DATA.test);
  }
});

Deno.test("foldDataset() takes the mean of the rows that the fold trains on alone", () => {
  const own = foldDataset(DATA, { folds: 4, fold: 1 });
  assertEquals(own.mean, featureMean(own.train, 2));
  // Other values in the rows that it validates change nothing of what it trains on.
  const assigned = assignFolds(poolOf(DATA), 4);
  const poisoned = (split: Dataset["train"], first: number) => ({
    ...split,
    x: split.x.map((value, at) => assigned[first + Math.floor(at / 2)] === 1 ? 1e9 : value),
  });
  const other = foldDataset(
    { ...DATA, train: poisoned(DATA.train, 0), validation: poisoned(DATA.validation, DATA.train.n) },
    { folds: 4, fold: 1 },
  );
  assertEquals([other.train, other.mean], [own.train, own.mean]);
  assertEquals(new Set(other.validation.x), new Set([1e9]));
});

Deno.test("foldDataset() keeps the lines of rows, and their type", () => {
  const split = (n: number, first: number) => ({
    n,
    x: Uint8Array.from({ length: n }, (_, row) => first + row),
    labels: Int32Array.from({ length: n }, (_, row) => row % 2),
    lines: Int32Array.from({ length: n }, (_, row) => first + row),
  });
  const bytes = { ...DATA, inputDim: 1, train: split(4, 2), validation: split(2, 6), test: split(2, 8) };
  const { validation } = foldDataset(bytes, { folds: 2, fold: 0 });
  assert(validation.x instanceof Uint8Array);
  assertEquals([...validation.lines!], [...validation.x]);
});
