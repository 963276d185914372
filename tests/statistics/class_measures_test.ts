import { assertEquals } from "@std/assert";
import { classMeasures } from "../../lib/statistics/class_measures.ts";

Deno.test("classMeasures() gives recall by row, precision by column and support", () => {
  assertEquals(classMeasures([[3, 1, 0], [1, 4, 0], [2, 0, 0]]), [
    { support: 4, recall: 0.75, precision: 0.5 },
    { support: 5, recall: 0.8, precision: 0.8 },
    { support: 2, recall: 0, precision: null },
  ]);
});

Deno.test("classMeasures() has no recall for a class without rows", () => {
  assertEquals(classMeasures([[2, 0], [0, 0]])[1], { support: 0, recall: null, precision: null });
});
