import { assertEquals } from "@std/assert";
import { pairedEffects } from "../../lib/statistics/paired_effects.ts";
import { assertClose } from "../golden/fixtures.ts";

/** In each block level 1 is better by 0.03; level 1 has more observations in bad blocks. */
const OBSERVATIONS = [
  { level: 0, block: "a", value: 0.9 },
  { level: 1, block: "a", value: 0.93 },
  { level: 0, block: "b", value: 0.5 },
  { level: 1, block: "b", value: 0.53 },
  { level: 0, block: "c", value: 0.7 },
  { level: 1, block: "c", value: 0.73 },
  { level: 1, block: "d", value: 0.1 },
  { level: 1, block: "e", value: 0.1 },
];

Deno.test("pairedEffects() compares levels within blocks, where means over all observations mislead", () => {
  const found = pairedEffects(OBSERVATIONS, { higherIsBetter: true })!;
  assertEquals(found.best, 1);
  const [first, second] = found.levels;
  assertClose(first.differences, [-0.03, -0.03, -0.03], "differences to the best level");
  assertClose([first.difference!.mean, first.difference!.count], [-0.03, 3], "mean difference");
  assertEquals(second, { level: 1, difference: null, differences: [] });
});

Deno.test("pairedEffects() takes the lowest level as the best where lower is better", () => {
  assertEquals(pairedEffects(OBSERVATIONS, { higherIsBetter: false })!.best, 0);
});

Deno.test("pairedEffects() is null if no block has two levels", () => {
  const alone = OBSERVATIONS.slice(-2);
  assertEquals(pairedEffects(alone, { higherIsBetter: true }), null);
});
