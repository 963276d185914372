import { assertEquals, assertInstanceOf, assertLess, assertNotEquals } from "@std/assert";
import { blobs } from "../../lib/data/blobs.ts";
import { generateBlobs } from "../../lib/data/generate_blobs.ts";

const fields = { numClasses: 3, inputDim: 2, spread: 0.5, train: 300, validation: 30, test: 31, seed: 4 };
const dataset = generateBlobs(blobs(fields));

Deno.test("generateBlobs() makes splits of the asked shapes, the classes in turn", () => {
  assertEquals([dataset.inputDim, dataset.numClasses, dataset.image], [2, 3, null]);
  assertEquals(dataset.classNames, ["0", "1", "2"]);
  for (const [split, n] of [[dataset.train, 300], [dataset.validation, 30], [dataset.test, 31]] as const) {
    assertEquals([split.n, split.x.length, split.labels.length], [n, 2 * n, n]);
    assertEquals(Array.from(split.labels.subarray(0, 4)), [0, 1, 2, 0]);
    assertInstanceOf(split.x.buffer, SharedArrayBuffer);
    assertInstanceOf(split.labels.buffer, SharedArrayBuffer);
  }
});

Deno.test("generateBlobs() gives the same bits when the seed is the same, and others when it is not", () => {
  assertEquals(generateBlobs(blobs(fields)), dataset);
  assertNotEquals(generateBlobs(blobs({ ...fields, seed: 5 })).train.x, dataset.train.x);
});

Deno.test("generateBlobs() keeps every other row when a split grows", () => {
  const longer = generateBlobs(blobs({ ...fields, train: 400 }));
  assertEquals(longer.train.x.slice(0, 600), dataset.train.x.slice());
  assertEquals(longer.validation, dataset.validation);
  assertEquals(longer.test, dataset.test);
});

Deno.test("generateBlobs() scatters the points of a class around its centre by the spread", () => {
  const centres = generateBlobs(blobs({ ...fields, spread: 0 }));
  let squares = 0;
  dataset.train.x.forEach((value, index) => {
    const distance = value - centres.train.x[index];
    squares += distance * distance;
  });
  assertLess(Math.abs(Math.sqrt(squares / 600) - 0.5), 0.05);
  assertEquals(centres.train.x.slice(0, 6), centres.test.x.slice(6, 12));
  assertNotEquals(centres.train.x.slice(0, 2), centres.train.x.slice(2, 4));
});

Deno.test("generateBlobs() gives the mean of the training split alone", () => {
  const sums = [0, 0];
  dataset.train.x.forEach((value, index) => sums[index % 2] += value);
  assertEquals(dataset.mean, Float32Array.from(sums, (sum) => sum / 300));
});
