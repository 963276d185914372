import { assertEquals } from "@std/assert";
import { percentFormat } from "../../../lib/report/charts/percent_format.ts";

Deno.test("percentFormat() shows as many decimals as ticks need to differ", () => {
  const cases: readonly (readonly [number, number, string])[] = [[0.1, 0.9, ".0%"], [0.55, 0.57, ".1%"], [
    0.5,
    0.501,
    ".2%",
  ]];
  for (const [low, high, expected] of cases) assertEquals(percentFormat([high, low]), expected);
});
