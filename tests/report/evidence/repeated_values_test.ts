import { assertEquals } from "@std/assert";
import { equalPoints, repeatedValues } from "../../../lib/report/evidence/repeated_values.ts";

Deno.test("repeatedValues() names each value that an axis has more than once", () => {
  const grid = { hidden: [8, 16, 8, "8"], rate: [1, 1, 1], norm: [null, "x", null], single: [2] };
  assertEquals(repeatedValues({ grid }), [
    "hidden=8 is declared twice",
    "rate=1 is declared 3 times",
    "norm=null is declared twice",
  ]);
  const valueText = () => "short";
  assertEquals(repeatedValues({ grid: { a: [1, 1] } }, { valueText }), ["a=short is declared twice"]);
});

Deno.test("equalPoints() leaves out points that are there twice because a value is", () => {
  const other = { point: { rate: 2 }, sameAs: { rate: 1 } };
  assertEquals(equalPoints([{ point: { rate: 1 }, sameAs: { rate: 1 } }, other]), [other]);
});
