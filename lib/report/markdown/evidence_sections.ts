import { counted } from "../../core/text/counted.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { cautions, searchText, splitsText } from "../evidence/facts_text.ts";
import { type PointColumn, pointColumns } from "../evidence/point_columns.ts";
import { type PointRow, pointRows, pointsNote } from "../evidence/point_rows.ts";
import { shareRows, sharesNote } from "../evidence/share_rows.ts";
import { calibrationTable, calibrationText, classTable, optimismText } from "../evidence/test_text.ts";
import { escapeMarkdown } from "../files/escape_markdown.ts";
import { markdownTable } from "../files/markdown_table.ts";
import { countEntries } from "../summary/trial_status.ts";
import { shareText } from "../summary/percent.ts";
import { runsText } from "../summary/trials_per_point.ts";
import type { Summary } from "../summary/summary.ts";

/** Returns warnings, lost trials and other things to know before the results; null if there are none. */
export function cautionsSection(summary: Summary): string | null {
  const { warnings = [] } = summary;
  const texts = [...warnings.map(({ where, message }) => `${where}: ${message}`), ...cautions(summary)];
  if (texts.length === 0) return null;
  return `## Before you read the results\n\n${
    texts.map((text) => `- ${escapeMarkdown(`${text}.`)}`).join("\n")
  }`;
}

/** Returns how many trials ended how, and how many rows the splits have. */
export function countsSection(summary: Summary): string {
  const { counts, experiment } = summary;
  const splits = splitsText(summary);
  const search = searchText(summary);
  const ends = countEntries(counts).map(([status, count]) => `${count} ${status}`).join(", ");
  return `${counted(counts.points, "point")}, ${
    runsText(experiment)
  } each, ${counts.trials} trials: ${ends}.${splits === null ? "" : ` ${splits}.`}${
    search === null ? "" : `\n\n${search}`
  }`;
}

/** Returns the table of points, best first, each with its difference to the winner. */
export function pointsSection(summary: Summary, { comparisons }: Pick<Evidence, "comparisons">): string {
  const rows = pointRows(summary, comparisons);
  const columns = pointColumns(summary, rows);
  const head = columns.map(({ kind, head }) => kind === "repeats" ? `${head} done` : escapeMarkdown(head));
  return [
    "## Points, best first",
    markdownTable({ head, rows: rows.map((row) => columns.map((column) => cellText(row, column))) }),
    pointsNote(summary),
  ].join(
    "\n\n",
  );
}

function cellText(row: PointRow, { kind, text }: PointColumn): string {
  if (kind === "axis") return escapeMarkdown(text(row));
  return kind === "value" && row.isWinner ? `**${text(row)}**` : text(row);
}

/** Returns what the axes explain; null if that is not known. */
export function sharesSection(
  { experiment }: Summary,
  { shares }: Pick<Evidence, "shares">,
): string | null {
  if (shares === null) return null;
  const rows = shareRows(shares).map(({ name, share }) => [escapeMarkdown(name), shareText(share)]);
  return [
    "## What mattered",
    sharesNote(shares, experiment),
    markdownTable({ head: ["axes", "share of the variance"], rows }),
  ].join("\n\n");
}

/** Returns the measures of the test split: optimism, each class, and calibration. */
export function testParts(
  summary: Summary,
  { test, optimism }: Pick<Evidence, "test" | "optimism">,
): readonly string[] {
  const optimistic = optimismText(optimism, summary);
  if (test === null) return optimistic === null ? [] : [optimistic];
  const calibrated = calibrationText(test);
  const classes = classTable(test);
  const bins = calibrationTable(test);
  return [
    ...optimistic === null ? [] : [optimistic],
    ...classes.rows.length === 0 ? [] : [
      markdownTable({
        ...classes,
        rows: classes.rows.map(([name, ...rest]) => [escapeMarkdown(name), ...rest]),
      }),
    ],
    ...calibrated === null ? [] : [calibrated, markdownTable(bins)],
  ];
}
