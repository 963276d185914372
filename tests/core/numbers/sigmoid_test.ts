import { assertEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { sigmoid } from "../../../lib/core/numbers/sigmoid.ts";
import { assertNear, bigSigmoid } from "./exact.ts";

Deno.test("sigmoid() has a relative error below 2^-51", () => {
  const stream = openStream("sigmoid");
  for (let i = 0; i < 100_000; i++) {
    const x = Math.fround(stream.normal() * (i % 2 === 0 ? 3 : 20));
    assertNear(sigmoid(x), bigSigmoid(x), { bits: 51n, what: `sigmoid(${x})` });
  }
});

const EXACT: readonly (readonly [x: number, expected: number])[] = [
  [0, 0.5],
  [-0, 0.5],
  [800, 1],
  [-800, 0],
  [Infinity, 1],
  [-Infinity, 0],
  [NaN, NaN],
];

for (const [x, expected] of EXACT) {
  Deno.test(`sigmoid() is ${expected} at ${x}`, () => assertEquals(sigmoid(x), expected));
}
