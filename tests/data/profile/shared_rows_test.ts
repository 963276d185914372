import { assertEquals } from "@std/assert";
import { sharedRows } from "../../../lib/data/profile/shared_rows.ts";

Deno.test("sharedRows() counts rows of which all features are equal, and no others", () => {
  const train = { n: 3, x: Float32Array.of(1, 2, 3, 4, 5, 6) };
  const test = { n: 4, x: Float32Array.of(2, 1, 3, 4, 1, 2, 3, 4.5) };
  assertEquals(sharedRows(train, test), { count: 2, first: 1 });
  assertEquals(sharedRows(train, { n: 1, x: Float32Array.of(9, 9) }), { count: 0, first: -1 });
});

Deno.test("sharedRows() finds no equal rows among many different ones, in each type of numbers", () => {
  const rows = (first: number) =>
    Array.from({ length: 2 * 20_000 }, (_, i) => first + (i >> 1) + (i % 2) * 0.25);
  for (const Numbers of [Float32Array, Float64Array]) {
    const [train, test] = [{ n: 20_000, x: Numbers.from(rows(0)) }, {
      n: 20_000,
      x: Numbers.from(rows(19_999)),
    }];
    assertEquals(sharedRows(train, test), { count: 1, first: 0 });
  }
});
