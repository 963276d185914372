import { percent } from "../summary/percent.ts";
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
export function trendTable(rows: readonly TrendRow[], { followed }: Pick<Trend, "followed">): TextTable {
  const head = HEAD.toSpliced(FIXED_COLUMNS, 0, ...followed.map(({ id }) => id));
  return { head, rows: rows.map(cells) };
}

/** Returns the name of a row: its short hash, or that it is not committed. */
export function rowName({ revision }: Pick<TrendRow, "revision">): string {
  return revision ?? "—";
}

function cells(row: TrendRow): readonly string[] {
  const { date, winner, mean, trials, subject } = row;
  return [
    date ?? "",
    rowName(row),
    percentOrNone(winner?.validationAccuracy),
    percentOrNone(winner?.testAccuracy),
    percentOrNone(mean),
    changeWord(row),
    ...trials.map(({ validationAccuracy }) => percentOrNone(validationAccuracy)),
    winner === null ? "" : pointName(winner.point),
    subject,
  ];
}

function percentOrNone(fraction: number | null | undefined): string {
  return typeof fraction === "number" ? percent(fraction) : "";
}
