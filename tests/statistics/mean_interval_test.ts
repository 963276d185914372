import { assertEquals } from "@std/assert";
import { meanInterval } from "../../lib/statistics/mean_interval.ts";
import { assertClose } from "../golden/fixtures.ts";
import { FIXTURES } from "./statistics_fixtures.ts";

Deno.test("meanInterval() gives scipy's interval when values are differences", () => {
  for (const { left, right, low, high } of FIXTURES.paired) {
    const { mean, halfWidth } = meanInterval(left.map((value, index) => value - right[index]))!;
    assertClose([mean - halfWidth!, mean + halfWidth!], [low, high], `${left.length} values`);
  }
});

Deno.test("meanInterval() has a standard deviation from two values and a half width from three", () => {
  assertEquals(meanInterval([]), null);
  assertEquals(meanInterval([0.5]), { count: 1, mean: 0.5, standardDeviation: null, halfWidth: null });
  assertEquals(meanInterval([0, 2]), {
    count: 2,
    mean: 1,
    standardDeviation: Math.SQRT2,
    halfWidth: null,
  });
  assertClose([meanInterval([0, 1, 2])!.halfWidth!], [4.302652729749464 / Math.sqrt(3)], "half width");
});
