import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { Dataset, Split } from "../../../lib/data/base/dataset.ts";
import { checkFolds, leastTrained } from "../../../lib/data/folds/check_folds.ts";
import { dataWarnings } from "../../../lib/data/split_warnings.ts";

/** A data set of these labels, and groups if there are any; the last four rows are validation rows. */
function dataset(
  labels: readonly number[],
  groups?: readonly number[],
  tested: readonly number[] = [0, 1, 2],
): Dataset {
  const split = (first: number, end: number): Split => ({
    n: end - first,
    x: new Float32Array(end - first),
    labels: Int32Array.from(labels.slice(first, end)),
    ...groups === undefined ? {} : { groups: Int32Array.from(groups.slice(first, end)) },
  });
  const test = {
    n: tested.length,
    x: new Float32Array(tested.length),
    labels: Int32Array.from(tested, (_, row) => row % 3),
  };
  return {
    inputDim: 1,
    numClasses: 3,
    classNames: ["a", "b", "rare"],
    image: null,
    mean: new Float32Array(1),
    train: split(0, labels.length - 4),
    validation: split(labels.length - 4, labels.length),
    test: groups === undefined ? test : { ...test, groups: Int32Array.from(tested) },
  };
}

const BAD: Readonly<Record<string, readonly [data: Dataset, folds: number, message: string]>> = {
  "a class has fewer rows than there are folds": [
    dataset([0, 0, 0, 1, 1, 1, 2, 2]),
    3,
    'data.folds must be at most the training and validation rows of the rarest class, "rare" with 2 rows, found 3',
  ],
  "there are fewer groups than folds": [
    dataset([0, 0, 0, 1, 1, 1, 2, 2], [0, 0, 1, 1, 1, 1, 0, 0]),
    3,
    "data.folds must be at most the groups of the training and validation rows, 2, found 3",
  ],
  "the groups leave one class to train on": [
    dataset([0, 0, 0, 1, 1, 1, 2, 2], [0, 0, 0, 1, 1, 1, 1, 1]),
    2,
    'the training rows of each fold must be of at least 2 classes, found those of fold 0 of class "a" alone',
  ],
  "all rows are of one class": [
    dataset([1, 1, 1, 1, 1, 1]),
    2,
    'the training rows of each fold must be of at least 2 classes, found those of fold 0 of class "b" alone',
  ],
};

for (const [what, [data, folds, message]] of Object.entries(BAD)) {
  Deno.test(`checkFolds() throws when ${what}`, () => {
    const error = assertThrows(() => checkFolds(data, { folds }), InputError);
    assertEquals(error.message, `Cannot use data: ${message}`);
  });
}

Deno.test("checkFolds() accepts as many folds as the rarest class has rows, and a class without rows", () => {
  checkFolds(dataset([0, 0, 0, 1, 1, 1, 2, 2, 2]), { folds: 3 });
  checkFolds(dataset([0, 0, 0, 1, 1, 1]), { folds: 3 });
});

Deno.test("leastTrained() is the size of the smallest training split of the folds", () => {
  assertEquals(leastTrained(dataset([0, 0, 0, 1, 1, 1, 2, 2, 2, 2]), { folds: 3 }), 6);
  assertEquals(leastTrained(dataset([0, 0, 0, 1, 1, 1], [3, 3, 3, 3, 1, 1]), { folds: 2 }), 2);
});

Deno.test("dataWarnings() speaks of folds that lack a class, the first and how many more", () => {
  assertEquals(dataWarnings(dataset([0, 0, 0, 1, 1, 1, 2, 2, 2]), { folds: 3 }), []);
  const grouped = dataset([0, 0, 1, 1, 0, 1, 2, 2], [0, 0, 1, 1, 2, 2, 3, 3], [7, 8, 9]);
  assertEquals(dataWarnings(grouped, { folds: 4 }), [
    {
      code: "missing_class",
      where: "training split of fold 3",
      message: 'it holds no row of class "rare": no net can learn it',
    },
    {
      code: "missing_class",
      where: "validation split of fold 0 and 3 more folds",
      message:
        'it has 2 rows, fewer than the 3 classes, and holds no row of class "b", "rare": the choice of the ' +
        "winner does not weigh it",
    },
  ]);
});

Deno.test("dataWarnings() says how many groups of the test split are in the folds too", () => {
  const shared = dataset([0, 1, 2, 0, 1, 2, 0, 1, 2], [0, 0, 0, 1, 1, 1, 2, 2, 2], [2, 2, 5]);
  assertEquals(dataWarnings(shared, { folds: 3 }), [{
    code: "shared_groups",
    where: "test split",
    message: "1 of its 2 groups has rows in the folds too: the test accuracy is not one of new groups",
  }]);
});
