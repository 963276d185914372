import { assert, assertEquals } from "@std/assert";
import { assignFolds } from "../../../lib/data/folds/assign_folds.ts";
import fixtures from "../../golden/fixtures/folds.json" with { type: "json" };
import { fc } from "../../properties/fast_check.ts";
import { settings } from "../../properties/settings.ts";

/** What was assigned to the folds of a pool. */
interface Assigned {
  readonly labels: readonly number[];
  readonly groups?: readonly number[];
  readonly folds: number;
  readonly assigned: ArrayLike<number>;
}

/** Returns how many rows each fold has, of all or of one class. */
function sizesOf({ labels, folds, assigned }: Assigned, label?: number): readonly number[] {
  const sizes = new Array<number>(folds).fill(0);
  labels.forEach((own, row) => label === undefined || label === own ? sizes[assigned[row]]++ : 0);
  return sizes;
}

function rangeOf(sizes: readonly number[]): number {
  return Math.max(...sizes) - Math.min(...sizes);
}

function assertStratified(assigned: Assigned): void {
  assertEquals(assigned.assigned.length, assigned.labels.length);
  assert(Array.from(assigned.assigned).every((fold) => fold >= 0 && fold < assigned.folds));
  for (const label of new Set(assigned.labels)) assert(rangeOf(sizesOf(assigned, label)) <= 1);
  assert(rangeOf(sizesOf(assigned)) <= 1);
}

function assertGrouped({ groups, assigned, folds }: Assigned): void {
  const foldsOfGroup = Map.groupBy(groups!.keys(), (row) => groups![row]);
  for (const rows of foldsOfGroup.values()) assertEquals(new Set(rows.map((row) => assigned[row])).size, 1);
  if (foldsOfGroup.size >= folds) assertEquals(new Set(Array.from(assigned)).size, folds);
}

Deno.test("assignFolds() deals the rows of each class in turn over the folds, each class where the last ended", () => {
  assertEquals([...assignFolds({ labels: [1, 0, 1, 0, 1, 0, 0] }, 3)], [1, 0, 2, 1, 0, 2, 0]);
});

Deno.test("assignFolds() gives each group whole to the smallest fold, the largest group first", () => {
  const groups = [5, 5, 2, 2, 2, 9, 7, 7];
  assertEquals([...assignFolds({ labels: groups, groups }, 2)], [1, 1, 0, 0, 0, 0, 1, 1]);
});

Deno.test("assignFolds() puts each row in one fold, and classes evenly in all, whatever the rows", () => {
  const pool = fc.record({
    labels: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 60 }),
    folds: fc.integer({ min: 2, max: 9 }),
  });
  fc.assert(
    fc.property(
      pool,
      ({ labels, folds }) => assertStratified({ labels, folds, assigned: assignFolds({ labels }, folds) }),
    ),
    settings(300),
  );
});

Deno.test("assignFolds() puts no group in two folds and leaves no fold empty, whatever the groups", () => {
  const pool = fc.record({
    groups: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 }),
    folds: fc.integer({ min: 2, max: 9 }),
  });
  fc.assert(
    fc.property(pool, ({ groups, folds }) => {
      const assigned = assignFolds({ labels: groups, groups }, folds);
      assertGrouped({ labels: groups, groups, folds, assigned });
      // The largest group can be in one fold alone.
      const largest = Math.max(...Map.groupBy(groups, (group) => group).values().map(({ length }) => length));
      assert(rangeOf(sizesOf({ labels: groups, folds, assigned })) <= largest);
    }),
    settings(300),
  );
});

Deno.test("assignFolds() has the properties of scikit-learn's StratifiedKFold and GroupKFold", () => {
  for (const { labels, folds, assigned } of fixtures.stratified) {
    assertStratified({ labels, folds, assigned });
    assertStratified({ labels, folds, assigned: assignFolds({ labels }, folds) });
  }
  for (const { labels, groups, folds, assigned } of fixtures.grouped) {
    const own = assignFolds({ labels, groups }, folds);
    assertGrouped({ labels, groups, folds, assigned });
    assertGrouped({ labels, groups, folds, assigned: own });
    const sizes = (given: ArrayLike<number>) => sizesOf({ labels, folds, assigned: given }).toSorted();
    assertEquals(sizes(own), sizes(assigned));
  }
});
