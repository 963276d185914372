import { parse } from "@std/csv";
import { assertEquals } from "@std/assert";
import { trendCsv } from "../../../lib/report/trend/trend_csv.ts";
import { FIRST, HISTORY, trendOf } from "./fakes.ts";

Deno.test("trendCsv() has every row, with all digits and a column for each followed trial", () => {
  const followed = [{ id: "0.1-0", point: { rate: 0.1 }, repeat: 0 }];
  const rows = parse(trendCsv(trendOf(HISTORY, followed)), { skipFirstRow: true });
  assertEquals(rows.map(({ commit, state }) => `${commit} ${state}`), [
    "c0 read",
    "c1 read",
    "c2 read",
    "c3 read",
    "c4 damaged",
    "c5 read",
    "c6 absent",
    " read",
  ]);
  assertEquals(rows[2], {
    commit: "c2",
    date: "2026-01-31",
    subject: "faster",
    state: "read",
    winner: "rate=0.2",
    winner_validation_accuracy: "0.75",
    winner_test_accuracy: "0.5",
    mean_validation_accuracy: "0.6875",
    "trial.0.1-0": "0.625",
    compared: "2",
    bits: "1",
    accuracies: "1",
    added: "0",
    removed: "0",
    declared: "",
    reasons: "a faster `kernel` <1>",
    problem: "",
  });
});

Deno.test("trendCsv() escapes control characters of a subject", () => {
  const csv = trendCsv(trendOf([{ summary: FIRST, subject: "a\x1b[31m, b" }]));
  assertEquals(parse(csv, { skipFirstRow: true })[0].subject, "a\\u001b[31m, b");
});
