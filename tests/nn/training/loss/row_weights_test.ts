import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../../lib/core/check/errors.ts";
import { checkLossClasses, rowWeights } from "../../../../lib/nn/training/loss/row_weights.ts";

const SPLIT = { n: 4, labels: Int32Array.of(0, 0, 0, 1) };
const PLACE = { numClasses: 3 };

Deno.test("rowWeights() returns null when rows and classes count the same, and else weights whose mean is 1", () => {
  assertEquals(rowWeights(SPLIT, { ...PLACE, classWeights: undefined }), null);
  // n / (k * count) is 4 / (3 * 3) and 4 / (3 * 1), whose mean over the rows is 2 / 3.
  const balanced = rowWeights(SPLIT, { ...PLACE, classWeights: "balanced" })!;
  assertEquals(
    [...balanced].map((weight) => Number(weight.toFixed(12))),
    [2 / 3, 2 / 3, 2 / 3, 2].map((weight) => Number(weight.toFixed(12))),
  );
  assertEquals(rowWeights(SPLIT, { ...PLACE, classWeights: [1, 5, 9] }), Float64Array.of(0.5, 0.5, 0.5, 2.5));
  const weights = Float64Array.of(1, 1, 2, 4);
  assertEquals(
    rowWeights({ ...SPLIT, weights }, { ...PLACE, classWeights: undefined }),
    Float64Array.of(0.5, 0.5, 1, 2),
  );
  assertEquals(
    rowWeights({ ...SPLIT, weights }, { ...PLACE, classWeights: [1, 3, 1] }),
    Float64Array.of(0.25, 0.25, 0.5, 3),
  );
});

Deno.test("checkLossClasses() throws when a list has not one weight for each class", () => {
  for (const weights of [undefined, "balanced", [1, 2, 3]] as const) {
    checkLossClasses({ classWeights: weights }, { action: "train", ...PLACE });
  }
  assertThrows(
    () => checkLossClasses({ classWeights: [1, 2] }, { action: "train", ...PLACE }),
    InputError,
    "Cannot train: solver.loss.classWeights must have one for each of the 3 classes, found 2",
  );
});

Deno.test("checkLossClasses() throws when a sigmoid loss gets more than two classes", () => {
  for (const numClasses of [1, 2]) checkLossClasses({ name: "sigmoid" }, { action: "train", numClasses });
  assertThrows(
    () => checkLossClasses({ name: "sigmoid" }, { action: "train", ...PLACE }),
    InputError,
    'Cannot train: solver.loss.name "sigmoid" needs data of 2 classes, found 3',
  );
});
