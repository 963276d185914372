import { stringify } from "@std/csv";
import { testName } from "../../core/facts/metric.ts";
import { formatFloat64 } from "../../core/text/number_text.ts";
import { escapeUnprintable } from "../../core/text/unprintable.ts";
import { metricColumn } from "../files/columns.ts";
import { pointName } from "../summary/trial_name.ts";
import type { Trend, TrendRow } from "./trend.ts";

const HEAD = ["commit", "date", "subject", "state", "winner"];
const CHANGE_HEAD = ["compared", "bits", "accuracies", "added", "removed", "declared", "reasons", "problem"];

/**
 * Returns a trend as CSV, a row per commit: values of the metric have all their digits, numbers of trials count what
 * changed since the results before, and a followed trial has a column `trial.ID`. A missing value is an empty field.
 */
export function trendCsv({ rows, followed, metric }: Trend): string {
  const [validation, test] = [metricColumn(metric), metricColumn(testName(metric))];
  const values = [`winner_${validation}`, `winner_${test}`, `mean_${validation}`];
  const trials = followed.map(({ id }) => `trial.${id}`);
  return stringify([[...HEAD, ...values, ...trials, ...CHANGE_HEAD], ...rows.map(csvRow)]).toWellFormed();
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
    numberText(winner?.validation ?? null),
    numberText(winner?.test ?? null),
    numberText(mean),
    ...trials.map(({ validation }) => numberText(validation)),
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
