import { assertEquals } from "@std/assert";
import { log1p } from "../../../lib/data/preparation/log1p.ts";

Deno.test("log1p() is within a few units in the last place when numbers are tiny, usual and huge", () => {
  const values = [1e-300, 1e-17, 1e-9, 0.1, 0.5, 1, 41, 1e6, 1e300, -1e-17, -1e-9, -0.5, -0.999999];
  for (const value of values) {
    const [found, wanted] = [log1p(value), Math.log1p(value)];
    const error = Math.abs(found - wanted) / Math.abs(wanted);
    assertEquals(error < 1e-15, true, `${value}: found ${found}, wanted ${wanted}`);
  }
  assertEquals([log1p(0), log1p(Infinity), log1p(-1), log1p(-2), log1p(NaN)], [0, Infinity, NaN, NaN, NaN]);
});
