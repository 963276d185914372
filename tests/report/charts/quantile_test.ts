import { assertEquals } from "@std/assert";
import { quantile } from "../../../lib/report/charts/quantile.ts";

Deno.test("quantile() lies between two values by proportion", () => {
  const cases = [[0, 1], [0.5, 2.5], [0.25, 1.75], [1, 4]];
  for (const [share, expected] of cases) assertEquals(quantile([1, 2, 3, 4], share), expected);
  assertEquals(quantile([7], 0.95), 7);
});
