import { assertEquals } from "@std/assert";
import { testEvidence } from "../../../lib/report/evidence/test_evidence.ts";
import {
  calibrationTable,
  calibrationText,
  classTable,
  rowsText,
} from "../../../lib/report/evidence/test_text.ts";
import { fakeInspection } from "../fakes.ts";

const PREDICTIONS = {
  labels: [0, 0, 1, 1],
  predicted: [0, 1, 1, 1],
  probabilities: [0.95, 0.95, 0.65, 0.95],
};
const evidence = testEvidence({ ...fakeInspection(), confusion: [[1, 1], [0, 2]], predictions: PREDICTIONS });

Deno.test("classTable() has recall, precision and rows of each class", () => {
  assertEquals(classTable(evidence).rows, [["one | <b>", "50.00 %", "100.00 %", "2"], [
    "two",
    "100.00 %",
    "66.67 %",
    "2",
  ]]);
  const absent = testEvidence({ ...fakeInspection(), confusion: [[4, 0], [0, 0]] });
  assertEquals(classTable(absent).rows[1], ["two", "no row", "no row", "0"]);
});

Deno.test("calibrationText() says whether the net is too sure, and by how much", () => {
  assertEquals(
    calibrationText(evidence),
    "Calibration: the net is too sure: it gives its predictions 87.50 % on average, and 75.00 % of them are right. Over " +
      "ten bins of probability, the two differ by 30.00 points (expected calibration error).",
  );
  assertEquals(calibrationTable(evidence).rows, [
    ["60 to 70 %", "1", "65.00 %", "100.00 %"],
    ["90 to 100 %", "3", "95.00 %", "66.67 %"],
  ]);
});

Deno.test("calibrationText() is null for an inspection of version 0.1, which has no predictions", () => {
  const old = testEvidence(fakeInspection());
  assertEquals([calibrationText(old), calibrationTable(old).rows], [null, []]);
});

Deno.test("rowsText() is empty where the number of rows is not known", () => {
  assertEquals(rowsText({ mean: 0.9 }, 30), "74.38 % to 96.54 % (Wilson, 30 rows)");
  assertEquals(rowsText({ mean: 0.9 }, null), "");
});
