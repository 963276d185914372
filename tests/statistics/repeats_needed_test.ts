import { assert, assertEquals } from "@std/assert";
import { repeatsNeeded } from "../../lib/statistics/repeats_needed.ts";
import { FIXTURES } from "./statistics_fixtures.ts";

Deno.test("repeatsNeeded() is within one pair of the exact power analysis of statsmodels", () => {
  for (const { mean, standardDeviation, repeats } of FIXTURES.powers) {
    const found = repeatsNeeded({ mean, standardDeviation })!;
    assert(Math.abs(found - Math.ceil(repeats)) <= 1, `${found} for ${mean}, exact is ${repeats}`);
  }
});

Deno.test("repeatsNeeded() is null for no difference", () => {
  assertEquals(repeatsNeeded({ mean: 0, standardDeviation: 1 }), null);
});
