import { stringify } from "@std/csv";
import { formatFloat64 } from "../../core/text/number_text.ts";
import { escapeUnprintable } from "../../core/text/unprintable.ts";
import { pointName } from "../summary/trial_name.ts";
import type { Trend, TrendRow } from "./trend.ts";

const HEAD = [
  "commit",
  "date",
  "subject",
  "state",
  "winner",
  "winner_validation_accuracy",
  "winner_test_accuracy",
  "mean_validation_accuracy",
];
const CHANGE_HEAD = ["compared", "bits", "accuracies", "added", "removed", "declared", "reasons", "problem"];

/**
 * Returns a trend as CSV, a row per commit: accuracies are fractions with all their digits, numbers of trials count what
 * changed since the results before, and a followed trial has a column `trial.ID`. A missing value is an empty field.
 */
export function trendCsv({ rows, followed }: Trend): string {
  const trials = followed.map(({ id }) => `trial.${id}`);
  return stringify([[...HEAD, ...trials, ...CHANGE_HEAD], ...rows.map(csvRow)]).toWellFormed();
}

function csvRow({ revision, date, subject, state, winner, mean, trials, ...row }: TrendRow): string[] {
  const { change, reasons, problem } = row;
  const counts = change === null
    ? ["", "", "", "", ""]
    : [change.compared, change.bits, change.accuracies, change.added, change.removed].map(String);
  return [
    revision ?? "",
    date ?? "",
    plain(subject),
    state,
    winner === null ? "" : pointName(winner.point),
    numberText(winner?.validationAccuracy ?? null),
    numberText(winner?.testAccuracy ?? null),
    numberText(mean),
    ...trials.map(({ validationAccuracy }) => numberText(validationAccuracy)),
    ...counts,
    (change?.declared ?? []).join(" "),
    plain(reasons.join("; ")),
    plain(problem ?? ""),
  ];
}

function plain(text: string): string {
  return escapeUnprintable(text);
}

function numberText(value: number | null): string {
  return value === null ? "" : formatFloat64(value);
}
