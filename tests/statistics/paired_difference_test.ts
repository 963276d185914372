import { assertEquals } from "@std/assert";
import { pairedDifference } from "../../lib/statistics/paired_difference.ts";
import { assertClose } from "../golden/fixtures.ts";
import { FIXTURES } from "./statistics_fixtures.ts";

Deno.test("pairedDifference() gives scipy's interval and p-value of a paired t test", () => {
  for (const { left, right, p, low, high } of FIXTURES.paired) {
    const { mean, halfWidth, pValue } = pairedDifference(left.map((value, index) => [value, right[index]]))!;
    assertClose([mean - halfWidth!, mean + halfWidth!, pValue!], [low, high, p], `${left.length} pairs`);
  }
});

Deno.test("pairedDifference() widens the interval over folds by Nadeau and Bengio's correction", () => {
  for (const { left, right, folds } of FIXTURES.paired) {
    for (const { heldOutRatio, p, halfWidth } of folds) {
      const pairs = left.map((value, index) => [value, right[index]] as const);
      const found = pairedDifference(pairs, { heldOutRatio })!;
      assertClose([found.halfWidth!, found.pValue!], [halfWidth, p], `ratio ${heldOutRatio}`);
    }
  }
});

Deno.test("pairedDifference() has no interval and no p-value below three pairs", () => {
  assertEquals(pairedDifference([]), null);
  for (const pairs of [[[0.5, 0.25]], [[0.5, 0.25], [0.75, 0.25]]] as [number, number][][]) {
    const { halfWidth, pValue } = pairedDifference(pairs)!;
    assertEquals({ halfWidth, pValue }, { halfWidth: null, pValue: null });
  }
});

Deno.test("pairedDifference() judges equal differences by their signs alone, since their spread is not known", () => {
  const pValues = [0, 0.1].map((shift) =>
    pairedDifference([0.3, 0.6, 0.7].map((value) => [value + shift, value]))!.pValue
  );
  assertEquals(pValues, [1, 0.25]);
  const six = Array.from({ length: 6 }, (_, index) => [index / 10 - 0.1, index / 10] as const);
  assertEquals(pairedDifference(six)!.pValue, 2 / 64);
});
