import { assert, assertEquals } from "@std/assert";
import { forestAnova } from "../../../lib/statistics/anova/forest_anova.ts";
import { functionalAnova } from "../../../lib/statistics/anova/functional_anova.ts";

const LEVELS = [4, 3, 5];
const FACTORS = [{ levels: 4, isOrdered: true }, { levels: 3, isOrdered: false }, {
  levels: 5,
  isOrdered: true,
}];
/** Depends on the first factor most, on the second less, not on the third; 1 and 3 of the second go together. */
const CELLS = Array.from({ length: 60 }, (_, index) => {
  const levels = [index % 4, Math.floor(index / 4) % 3, Math.floor(index / 12)];
  return { levels, value: 3 * levels[0] + (levels[1] === 1 ? -2 : 0) };
});

Deno.test("forestAnova() is near the exact shares when only some combinations are known", () => {
  const exact = functionalAnova(CELLS, { levelCounts: LEVELS })!;
  const sample = CELLS.filter((_, index) => index % 3 !== 0);
  const found = forestAnova(sample, { factors: FACTORS, seed: "1/forest" })!;
  exact.single.forEach((share, factor) => {
    assert(
      Math.abs(found.single[factor] - share) < 0.1,
      `factor ${factor}: ${found.single[factor]}, ${share}`,
    );
  });
});

Deno.test("forestAnova() gives shares that add up to 1, the same for a seed and others for another", () => {
  const sample = CELLS.filter((_, index) => index % 5 < 2);
  const found = ["1/forest", "1/forest", "2/forest"].map((seed) =>
    forestAnova(sample, { factors: FACTORS, seed })!
  );
  assertEquals(found[0], found[1]);
  assert(found[0].single[0] !== found[2].single[0], "both seeds gave the same forest");
  for (const { single, pairs, rest } of found) {
    const sum = [...single, ...pairs.map(({ share }) => share), rest].reduce(
      (total, share) => total + share,
      0,
    );
    assert(Math.abs(sum - 1) < 1e-9, `the shares add up to ${sum}`);
  }
});

Deno.test("forestAnova() is null for no cells and for equal ones", () => {
  const options = { factors: [{ levels: 2, isOrdered: true }], seed: "1/forest" };
  assertEquals(forestAnova([], options), null);
  assertEquals(forestAnova([{ levels: [0], value: 0.5 }, { levels: [1], value: 0.5 }], options), null);
});
