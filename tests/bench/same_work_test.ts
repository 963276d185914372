import { assert, assertEquals } from "@std/assert";
import { isSameWork, type Losses } from "./same_work.ts";

const REFERENCE = [2.3026, 2.29, 2.1884];
const TOLERANCE = { reference: REFERENCE, stepTolerance: 1e-3, meanTolerance: 1e-3 };

Deno.test("isSameWork() accepts losses when they differ by roundings", () => {
  assert(isSameWork([2.3026, 2.2901, 2.1886], TOLERANCE));
});

const others: readonly (readonly [string, Losses])[] = [
  ["one step is off by a thousandth", [2.3026, 2.29, 2.1908]],
  ["another rule moves the parameters", [2.3026, 2.3026, 2.3028]],
  ["a step is missing", [2.3026, 2.29]],
  ["a loss is not finite", [2.3026, NaN, 2.1884]],
  ["a loss came as null", [2.3026, null as unknown as number, 2.1884]],
  ["the program gives none", null],
  ["the list is empty", []],
];

for (const [what, losses] of others) {
  Deno.test(`isSameWork() refuses losses when ${what}`, () => {
    assertEquals(isSameWork(losses, TOLERANCE), false);
  });
}

Deno.test("isSameWork() shows nothing when the reference has no losses", () => {
  assertEquals(isSameWork(null, { ...TOLERANCE, reference: null }), false);
  assertEquals(isSameWork([], { ...TOLERANCE, reference: [] }), false);
});

Deno.test("isSameWork() holds the mean to a tolerance of its own when steps may differ", () => {
  const tolerances = { reference: REFERENCE, stepTolerance: 0.1, meanTolerance: 0.02 };
  assert(isSameWork([2.4, 2.2, 2.2], tolerances));
  assertEquals(isSameWork([2.4, 2.4, 2.3], tolerances), false);
});
