import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/core/check/errors.ts";
import type { Dataset, Split } from "../../lib/data/base/dataset.ts";
import { checkTrainingClasses, dataWarnings } from "../../lib/data/split_warnings.ts";

function dataset(splits: Readonly<Record<"train" | "validation" | "test", readonly number[]>>): Dataset {
  const split = (labels: readonly number[]): Split => ({
    n: labels.length,
    x: new Float32Array(labels.length),
    labels: Int32Array.from(labels),
  });
  return {
    inputDim: 1,
    numClasses: 3,
    classNames: ["a", "b", "rare"],
    image: null,
    mean: new Float32Array(1),
    train: split(splits.train),
    validation: split(splits.validation),
    test: split(splits.test),
  };
}

Deno.test("dataWarnings() names the classes that a split does not hold, behind what the source found", () => {
  const found = { code: "row_numbers", where: 'column "n"', message: "it counts the rows" };
  const data = dataset({ train: [0, 1, 0], validation: [2, 1], test: [0, 1, 2] });
  assertEquals(dataWarnings({ ...data, warnings: [found] }), [
    found,
    {
      code: "missing_class",
      where: "training split",
      message: 'it holds no row of class "rare": no net can learn it',
    },
    {
      code: "missing_class",
      where: "validation split",
      message:
        'it has 2 rows, fewer than the 3 classes, and holds no row of class "a": the choice of the winner ' +
        "does not weigh it",
    },
  ]);
  assertEquals(dataWarnings(dataset({ train: [0, 1, 2], validation: [2, 0, 1], test: [0, 1, 2] })), []);
});

Deno.test("checkTrainingClasses() throws when all rows of the training split are of one class", () => {
  checkTrainingClasses(dataset({ train: [2, 1], validation: [2], test: [2] }));
  const error = assertThrows(
    () => checkTrainingClasses(dataset({ train: [2, 2], validation: [0], test: [1] })),
    InputError,
  );
  assertEquals(
    error.message,
    'Cannot use data: the training split must hold rows of at least 2 classes, found 2 rows of class "rare" alone; ' +
      "check data.label and the size of data.train",
  );
});
