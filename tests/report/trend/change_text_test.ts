import { assertEquals } from "@std/assert";
import { changeFacts, changeWord } from "../../../lib/report/trend/change_text.ts";
import { FIRST, HISTORY, summaryOf, trendOf } from "./fakes.ts";

Deno.test("changeWord() says in a word or two how each row differs", () => {
  assertEquals(trendOf(HISTORY).rows.map((row) => changeWord(row, "validationAccuracy")), [
    "first",
    "none",
    "accuracy",
    "bits",
    "damaged",
    "declaration",
    "absent",
    "none",
  ]);
});

Deno.test("changeFacts() says what each row changed", () => {
  assertEquals(trendOf(HISTORY).rows.map((row) => changeFacts(row, "validationAccuracy")), [
    [],
    [],
    [
      "1 of 2 trials with other bits, 1 with another accuracy",
      "in percentage points: mean of the points +6.25",
    ],
    ["1 of 2 trials with other bits, all accuracies as before"],
    ["Cannot read c4: it must be JSON, found an empty file"],
    ["declared otherwise: seed"],
    ["there is no summary.json"],
    [],
  ]);
});

Deno.test("changeFacts() names another winner and counts trials that come and go", () => {
  const other = { ...summaryOf({ 0.2: 0.5, 0.3: 1, 0.4: 0 }, 0.25), experimentDigest: "other" };
  const { rows } = trendOf([{ summary: FIRST }, { summary: other }]);
  assertEquals(changeWord(rows[1], "validationAccuracy"), "accuracy, declaration");
  assertEquals(changeFacts(rows[1], "validationAccuracy"), [
    "1 of 1 trial with other bits, 1 with another accuracy",
    "another winner: rate=0.3",
    "in percentage points: winner's validation +25.00, test −25.00, mean of the points −12.50",
    "declared otherwise: grid.rate",
    "2 trials added",
    "1 trial removed",
  ]);
});
