import { metricFacts, type MetricName, testName, USUAL_METRIC } from "../../core/facts/metric.ts";
import { metricTextOrNone } from "../summary/metric_text.ts";
import type { TextTable } from "../summary/text_table.ts";
import { pointName } from "../summary/trial_name.ts";
import { changeWord } from "./change_text.ts";
import type { Trend, TrendRow } from "./trend.ts";

/** The head of the columns of every trend; those of followed trials stand before the last two. */
const HEAD: readonly string[] = [
  "date",
  "commit",
  "validation",
  "test",
  "mean",
  "change",
  "point",
  "what",
];

/** How many columns stand before those of followed trials. */
export const FIXED_COLUMNS = HEAD.indexOf("point");

/** Returns rows of a trend as a table: the winner's accuracies, the mean over all points, the followed trials. */
export function trendTable(
  rows: readonly TrendRow[],
  { followed, metric }: Pick<Trend, "followed" | "metric">,
): TextTable {
  const named = HEAD.map((name) => headOf(name, metric));
  const head = named.toSpliced(FIXED_COLUMNS, 0, ...followed.map(({ id }) => id));
  return { head, rows: rows.map((row) => cells(row, metric)) };
}

/** Returns the name of a row: its short hash, or that it is not committed. */
export function rowName({ revision }: Pick<TrendRow, "revision">): string {
  return revision ?? "—";
}

function headOf(name: string, metric: MetricName): string {
  if (metric === USUAL_METRIC) return name;
  if (name === "validation") return metricFacts(metric).label;
  return name === "test" ? metricFacts(testName(metric)).label : name;
}

function cells(row: TrendRow, metric: MetricName): readonly string[] {
  const text = (value: number | null | undefined) => metricTextOrNone(value, metricFacts(metric));
  const { date, winner, mean, trials, subject } = row;
  return [
    date ?? "",
    rowName(row),
    text(winner?.validation),
    text(winner?.test),
    text(mean),
    changeWord(row, metric),
    ...trials.map(({ validation }) => text(validation)),
    winner === null ? "" : pointName(winner.point),
    subject,
  ];
}
