import { assertEquals } from "@std/assert";
import { spreadOf } from "../../../lib/report/summary/spread.ts";

Deno.test("spreadOf() is mean and sample standard deviation, null for no value and no deviation for one", () => {
  assertEquals(spreadOf([]), null);
  assertEquals(spreadOf([0.5]), { mean: 0.5, standardDeviation: null, values: [0.5] });
  assertEquals(spreadOf([1, 2, 3, 6]), {
    mean: 3,
    standardDeviation: Math.sqrt(14 / 3),
    values: [1, 2, 3, 6],
  });
});

Deno.test("spreadOf() sums from first to last, so that the order decides the last bit", () => {
  assertEquals([spreadOf([0.1, 0.2, 0.3])!.mean, spreadOf([0.3, 0.2, 0.1])!.mean], [
    (0.1 + 0.2 + 0.3) / 3,
    (0.3 + 0.2 + 0.1) / 3,
  ]);
});
