import { assertEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { tanh } from "../../../lib/core/numbers/tanh.ts";
import { assertNear, bigTanh } from "./exact.ts";

Deno.test("tanh() has a relative error below 2^-51, also near 0", () => {
  const stream = openStream("tanh");
  for (let i = 0; i < 100_000; i++) {
    const x = Math.fround(stream.normal() * (i % 2 === 0 ? 3 : 1 / (1 + stream.below(1e9))));
    assertNear(tanh(x), bigTanh(x), { bits: 51n, what: `tanh(${x})` });
  }
});

const EXACT: readonly (readonly [x: number, expected: number])[] = [
  [0, 0],
  [-0, -0],
  [1e-300, 1e-300],
  [-5e-324, -5e-324],
  [100, 1],
  [-100, -1],
  [Infinity, 1],
  [-Infinity, -1],
  [NaN, NaN],
];

for (const [x, expected] of EXACT) {
  Deno.test(`tanh() is ${Object.is(expected, -0) ? "-0" : expected} at ${Object.is(x, -0) ? "-0" : x}`, () => {
    assertEquals(tanh(x), expected);
  });
}
