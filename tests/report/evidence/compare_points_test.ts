import { assertEquals } from "@std/assert";
import { comparePairs, compareWithWinner, isWorse } from "../../../lib/report/evidence/compare_points.ts";
import { assertClose } from "../../golden/fixtures.ts";
import { gridSummary, IRIS } from "./grid_summary.ts";

Deno.test("compareWithWinner() pairs repeats, and corrects p-values for the number of points", () => {
  const found = compareWithWinner(gridSummary(IRIS));
  assertEquals(found.map(({ point }) => point.hidden), [4, 16, 2]);
  // scipy.stats.ttest_1samp of the differences, and statsmodels' multipletests of the three p-values.
  assertClose(found.map(({ difference }) => difference.pValue!), [0.704, 0.208, 0.3513010029632597], "p");
  assertClose(found.map(({ adjustedPValue }) => adjustedPValue!), [0.704, 0.624, 0.7026020059265194], "Holm");
  assertEquals(found.map(({ signFlipPValue }) => signFlipPValue), [1, 0.375, 0.5]);
  assertEquals(found.map(({ repeatsNeeded }) => repeatsNeeded), [238, 20, 38]);
  assertEquals(found.map(isWorse), [false, false, false]);
});

Deno.test("compareWithWinner() finds a small difference that is the same at every repeat", () => {
  // Repeats differ by 30 points, the values of the axis by one: unpaired intervals overlap.
  const base = [0.6, 0.7, 0.8, 0.9];
  const summary = gridSummary([
    [{ rate: 1 }, base],
    [{ rate: 2 }, base.map((value, repeat) => value - 0.01 - repeat / 1000)],
  ]);
  const [comparison] = compareWithWinner(summary);
  assertEquals(isWorse(comparison), true);
});

Deno.test("compareWithWinner() uses the repeats that both points have, and no fewer than three for a p-value", () => {
  const summary = gridSummary([
    [{ rate: 1 }, [0.9, 0.8, 0.9, 0.9]],
    [{ rate: 2 }, [null, 0.7, 0.7, 0.7]],
    [{ rate: 3 }, [0.5, null, null, 0.6]],
    [{ rate: 4 }, [null, null, null, null]],
  ]);
  const found = compareWithWinner(summary).map(({ point, difference, adjustedPValue }) => {
    return [point.rate, difference.count, adjustedPValue !== null];
  });
  assertEquals(found, [[2, 3, true], [3, 2, false]]);
});

Deno.test("compareWithWinner() is empty without a winner", () => {
  assertEquals(compareWithWinner(gridSummary([[{ rate: 1 }, [null]]])), []);
});

Deno.test("comparePairs() compares any two of the best points, row minus column", () => {
  const { points, differences } = comparePairs(gridSummary(IRIS), { most: 3 });
  assertEquals(points.map(({ hidden }) => hidden), [8, 4, 16]);
  assertEquals(differences.map((row) => row.map((difference) => difference === null)), [
    [true, false, false],
    [false, true, false],
    [false, false, true],
  ]);
  assertClose([differences[0][2]!.mean, differences[2][0]!.mean], [0.02, -0.02], "mean difference");
});

const FOLDED = { ...gridSummary(IRIS).experiment.data, folds: 5 };

Deno.test("compareWithWinner() pairs folds, whose intervals and p-values take the training rows that they share", () => {
  const [repeated] = compareWithWinner(gridSummary(IRIS));
  const [folded] = compareWithWinner(gridSummary(IRIS, { data: FOLDED }));
  assertEquals([folded.point, folded.difference.mean], [repeated.point, repeated.difference.mean]);
  // 1/5 + 1/4 in place of 1/5.
  assertClose(
    [folded.difference.halfWidth! / repeated.difference.halfWidth!],
    [Math.sqrt(0.45 / 0.2)],
    "ratio of the half widths",
  );
  assertEquals(folded.difference.pValue! > repeated.difference.pValue!, true);
  assertEquals([folded.signFlipPValue, folded.repeatsNeeded], [null, null]);
});

Deno.test("compareWithWinner() pairs each repeat and fold with the same of the winner", () => {
  const data = { ...FOLDED, folds: 2 };
  const summary = gridSummary([
    [{ rate: 1 }, [0.9, 0.8, 0.7, 0.6]],
    [{ rate: 2 }, [0.8, null, 0.6, 0.5]],
  ], { data });
  const [{ difference }] = compareWithWinner(summary);
  assertEquals(difference.count, 3);
  assertClose([difference.mean], [-0.1], "mean difference");
});
