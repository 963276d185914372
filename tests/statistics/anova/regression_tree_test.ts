import { assertEquals } from "@std/assert";
import { growTree } from "../../../lib/statistics/anova/regression_tree.ts";

Deno.test("growTree() splits an ordered factor between neighbours, halfway over levels without a cell", () => {
  const cells = [0, 1, 4, 5].map((level) => ({ levels: [level], value: level < 3 ? 1 : 9 }));
  const leaves = growTree(cells, { factors: [{ levels: 6, isOrdered: true }] });
  assertEquals(
    leaves.map(({ levels, value }) => ({ levels: levels[0], value })).sort((a, b) => a.value - b.value),
    [
      { levels: [0, 1, 2], value: 1 },
      { levels: [3, 4, 5], value: 9 },
    ],
  );
});

Deno.test("growTree() splits a set of levels off a factor without order", () => {
  const cells = [0, 1, 2, 3].map((level) => ({ levels: [level], value: level % 2 }));
  const leaves = growTree(cells, { factors: [{ levels: 4, isOrdered: false }] });
  assertEquals(leaves.map(({ levels }) => levels[0]).sort((a, b) => a[0] - b[0]), [[0, 2], [1, 3]]);
});

Deno.test("growTree() keeps one leaf when all values are equal", () => {
  const cells = [0, 1].map((level) => ({ levels: [level], value: 0.25 }));
  assertEquals(growTree(cells, { factors: [{ levels: 2, isOrdered: true }] }), [
    { levels: [[0, 1]], value: 0.25 },
  ]);
});
