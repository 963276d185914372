import { assertEquals } from "@std/assert";
import { quantile, quantileOf } from "../../../lib/core/numbers/quantile.ts";

Deno.test("quantile() lies between two values by proportion", () => {
  const cases = [[0, 1], [0.5, 2.5], [0.25, 1.75], [1, 4]];
  for (const [share, expected] of cases) assertEquals(quantile([1, 2, 3, 4], share), expected);
  assertEquals(quantile([7], 0.95), 7);
});

/** Orders of values that are hard to partition. */
const ORDERS: Readonly<Record<string, (index: number, length: number) => number>> = {
  rising: (index) => index,
  falling: (index) => -index,
  equal: () => 0.5,
  "equal but a few": (index) => Number(index % 7 === 0),
  "rising and falling": (index, length) => Math.min(index, length - index),
  mixed: (index) => ((index * 7919) % 1009) / 997,
  "with infinities": (index) => index % 3 === 0 ? Infinity : -index,
};

for (const [order, valueAt] of Object.entries(ORDERS)) {
  Deno.test(`quantileOf() is quantile() of the sorted values when they are ${order}`, () => {
    for (const length of [1, 2, 3, 10, 1000]) {
      const values = Float64Array.from({ length }, (_, index) => valueAt(index, length));
      const sorted = values.toSorted();
      for (const share of [0, 0.05, 0.25, 1 / 3, 0.5, 0.75, 1]) {
        assertEquals(quantileOf(values.slice(), share), quantile(sorted, share), `${length} at ${share}`);
      }
      quantileOf(values, 0.5);
      assertEquals(values.sort(), sorted);
    }
  });
}

Deno.test("quantileOf() lies between two numbers as NumPy has it", () => {
  assertEquals([0, 0.25, 0.5, 0.75, 1].map((share) => quantileOf(Float64Array.of(40, 10, 20, 30), share)), [
    10,
    17.5,
    25,
    32.5,
    40,
  ]);
  assertEquals(quantileOf(Float64Array.of(5), 0.5), 5);
});
