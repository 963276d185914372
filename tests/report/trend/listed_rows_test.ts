import { assertEquals } from "@std/assert";
import { listedRows, unchangedText } from "../../../lib/report/trend/listed_rows.ts";
import { FIRST, HISTORY, trendOf } from "./fakes.ts";

Deno.test("listedRows() leaves out rows that changed no result", () => {
  const { rows, unchanged } = listedRows(trendOf(HISTORY));
  assertEquals(rows.map(({ revision }) => revision), ["c0", "c2", "c3", "c4", "c5", "c6", null]);
  assertEquals(unchanged, 1);
});

Deno.test("listedRows() gives all rows when only the first changed a result", () => {
  const { rows, unchanged } = listedRows(trendOf([{ summary: FIRST }, { summary: FIRST }]));
  assertEquals([rows.length, unchanged], [2, 0]);
});

Deno.test("unchangedText() counts the commits that are left out", () => {
  assertEquals([0, 1, 2].map(unchangedText), [
    "",
    "1 commit changed other files only, such as the report, and is left out.",
    "2 commits changed other files only, such as the report, and are left out.",
  ]);
});
