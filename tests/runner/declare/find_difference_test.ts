import { assertEquals } from "@std/assert";
import { findDifference } from "../../../lib/runner/declare/find_difference.ts";

Deno.test("findDifference() is null for the same data, and distinguishes 0 from -0 and finds NaN equal to itself", () => {
  assertEquals(findDifference({ a: [1, { b: NaN }], c: null }, { a: [1, { b: NaN }], c: null }), null);
  assertEquals(findDifference({ a: 1, b: 2 }, { b: 2, a: 1 }), null);
  assertEquals(findDifference({ rate: 0 }, { rate: -0 }), { path: "rate", left: 0, right: -0 });
});

Deno.test("findDifference() is the first place that differs", () => {
  const cases:
    readonly (readonly [left: unknown, right: unknown, path: string, was: unknown, is: unknown])[] = [
      [1, 2, "", 1, 2],
      [{ solver: { rate: 1 }, x: 1 }, { solver: { rate: 2 }, x: 2 }, "solver.rate", 1, 2],
      [{ grid: [[1, 2]] }, { grid: [[1, 3]] }, "grid.0.1", 2, 3],
      [[1], [1, 2], "1", undefined, 2],
      [{ a: 1 }, {}, "a", 1, undefined],
      [{}, { a: 1 }, "a", undefined, 1],
      [{ a: [] }, { a: {} }, "a", [], {}],
      [{ a: null }, { a: {} }, "a", null, {}],
      // Every object has these, and neither has them of its own.
      [{}, { toString: 1 }, "toString", undefined, 1],
      [{ constructor: 1 }, {}, "constructor", 1, undefined],
    ];
  for (const [left, right, path, was, is] of cases) {
    assertEquals(findDifference(left, right), { path, left: was, right: is });
  }
});
