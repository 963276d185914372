import { assertEquals } from "@std/assert";
import { featureMean } from "../../../lib/data/base/feature_mean.ts";

/** The mean as it is defined: a float64 sum from the first row to the last, rounded once. */
function meanOf(x: Uint8Array, inputDim: number): Float32Array {
  const n = x.length / inputDim;
  return Float32Array.from({ length: inputDim }, (_, i) => {
    let sum = 0;
    for (let row = 0; row < n; row++) sum += x[row * inputDim + i];
    return sum / n;
  });
}

function rows(n: number, inputDim: number): Uint8Array {
  return Uint8Array.from({ length: n * inputDim }, (_, i) => (i * 7919 + (i >> 3)) % 256);
}

for (const n of [1, 3, 4, 5, 255, 256, 257, 260, 515, 1025]) {
  for (const inputDim of [1, 3, 4, 8, 12]) {
    Deno.test(`featureMean() sums bytes exactly when there are ${n} rows of ${inputDim}`, () => {
      const x = rows(n, inputDim);
      assertEquals(featureMean({ n, x, labels: new Int32Array(n) }, inputDim), meanOf(x, inputDim));
    });
  }
}

Deno.test("featureMean() overflows nothing when every byte is 255", () => {
  const x = new Uint8Array(1000 * 8).fill(255);
  assertEquals(featureMean({ n: 1000, x, labels: new Int32Array(1000) }, 8), new Float32Array(8).fill(255));
});

Deno.test("featureMean() sums bytes exactly when they begin anywhere in memory", () => {
  for (const offset of [1, 2, 3, 4]) {
    const x = new Uint8Array(offset + 300 * 4).subarray(offset);
    x.set(rows(300, 4));
    assertEquals(featureMean({ n: 300, x, labels: new Int32Array(300) }, 4), meanOf(x, 4));
  }
});
