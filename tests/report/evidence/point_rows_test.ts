import { assertEquals } from "@std/assert";
import { compareWithWinner } from "../../../lib/report/evidence/compare_points.ts";
import { pointRows, pointsNote, pValueText } from "../../../lib/report/evidence/point_rows.ts";
import { fakeExperiment } from "../fakes.ts";
import { gridSummary, IRIS } from "./grid_summary.ts";

const { data: DATA } = fakeExperiment();

Deno.test("pointRows() ranks points, with their paired difference to the winner and what it means", () => {
  const summary = gridSummary([
    ...IRIS,
    [{ hidden: 32 }, [0.5, 0.5, null, 0.5, 0.5]],
    [{ hidden: 1 }, [0.1, 0.1, 0.1, 0.11, 0.1]],
  ], { data: { ...DATA, validation: 30 } });
  const rows = pointRows(summary, compareWithWinner(summary));
  assertEquals(rows.map(({ index, rank, repeats, notes }) => [index, rank, repeats, notes]), [
    [2, "1", "5 of 5", "leads"],
    [1, "2", "5 of 5", "no clear difference"],
    [3, "3", "5 of 5", "no clear difference"],
    [0, "4", "5 of 5", "no clear difference"],
    [5, "5", "5 of 5", "worse; 5 of 5 at chance level"],
    [4, "", "4 of 5", "worse; 1 of 5 diverged; 4 of 5 at chance level"],
  ]);
  assertEquals(rows.map(({ value, difference, pValue }) => [value, difference, pValue]).slice(0, 3), [
    ["93.33 % ± 2.93 %", "", ""],
    ["92.67 % ± 5.40 %", "−0.67 ± 4.53", "0.704"],
    ["91.33 % ± 2.27 %", "−2.00 ± 3.70", "0.624"],
  ]);
});

Deno.test("pointsNote() explains ± and p where there are repeats", () => {
  assertEquals(
    pointsNote(gridSummary([[{ rate: 1 }, [0.5]]])),
    "The difference to the winner is in percentage points of validation accuracy.",
  );
  assertEquals(pointsNote(gridSummary(IRIS)).startsWith("± is the half width of the 95 % interval"), true);
});

Deno.test("pValueText() has three decimals, and a bound below them", () => {
  assertEquals([0, 0.0009, 0.001, 0.0494, 1].map(pValueText), [
    "< 0.001",
    "< 0.001",
    "0.001",
    "0.049",
    "1.000",
  ]);
});
