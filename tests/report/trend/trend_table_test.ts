import { assertEquals } from "@std/assert";
import { trendTable } from "../../../lib/report/trend/trend_table.ts";
import { HISTORY, trendOf } from "./fakes.ts";

Deno.test("trendTable() has the accuracies of each row, those of followed trials before the point", () => {
  const trend = trendOf(HISTORY.slice(3).slice(0, 2).concat(HISTORY.slice(-1)), [
    { id: "0.1-0", point: { rate: 0.1 }, repeat: 0 },
  ]);
  assertEquals(trendTable(trend.rows, trend), {
    head: ["date", "commit", "validation", "test", "mean", "change", "0.1-0", "point", "what"],
    rows: [
      [
        "2026-01-31",
        "c0",
        "75.00 %",
        "50.00 %",
        "68.75 %",
        "first",
        "62.50 %",
        "rate=0.2",
        "<b>other</b> bits",
      ],
      ["2026-01-31", "c1", "", "", "", "damaged", "", "", "a mistake"],
      ["", "—", "75.00 %", "50.00 %", "68.75 %", "declaration", "62.50 %", "rate=0.2", "again"],
    ],
  });
});
