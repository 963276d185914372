import { metricFacts, type MetricName } from "../../core/facts/metric.ts";
import { sparkline } from "../../report/files/sparkline.ts";
import { metricText } from "../../report/summary/metric_text.ts";
import { changeFacts } from "../../report/trend/change_text.ts";
import { listedRows, unchangedText } from "../../report/trend/listed_rows.ts";
import type { Trend, TrendRow } from "../../report/trend/trend.ts";
import { FIXED_COLUMNS, rowName, trendTable } from "../../report/trend/trend_table.ts";
import { table } from "../terminal/table.ts";
import { shortText } from "../terminal/text_width.ts";
import { wrapText } from "../terminal/wrap_text.ts";

interface Width {
  /** Columns of the terminal; null if it is none. */
  readonly columns: number | null;
}

/** Returns a trend as a terminal shows it: its lines as bars, a table of commits, and what each changed and why. */
export function trendText(trend: Trend, { columns }: Width): string {
  const { rows, unchanged } = listedRows(trend);
  const { head, rows: cells } = trendTable(rows, trend);
  const shorten = head.map((_, index) => index).slice(FIXED_COLUMNS);
  const notes = [unchangedText(unchanged)].filter((note) => note !== "").map((note) => `${note}\n`);
  return [
    sparklines(rows, { columns, metric: trend.metric }),
    table([head, ...cells.map((row) => shortCells(row, { columns }))], { columns, shorten, below: true }),
    ...notes.map((note) => wrapText(note, { columns })),
    ...rows.map((row) => factsText(row, { columns, metric: trend.metric })),
  ].join("");
}

const MOST_LETTERS = 60;

/** Shortens names and subjects for a terminal, where they may stand below their row. */
function shortCells(row: readonly string[], { columns }: Width): readonly string[] {
  return columns === null ? row : row.map((cell) => shortText(cell, { columns: MOST_LETTERS }));
}

interface OfMetric extends Width {
  readonly metric: MetricName;
}

const NAMES = ["winner", "mean"] as const;
const MOST_BARS = 60;
/** Columns of a name, two accuracies and what stands between. */
const BESIDE_BARS = 30;

function sparklines(rows: readonly TrendRow[], { columns, metric }: OfMetric): string {
  const most = Math.max(1, Math.min(MOST_BARS, (columns ?? Infinity) - BESIDE_BARS));
  const values = {
    winner: rows.map(({ winner }) => winner?.validation ?? null),
    mean: rows.map(({ mean }) => mean),
  };
  return NAMES.map((name) => {
    const known = values[name].filter((value) => value !== null);
    if (known.length === 0) return "";
    const [first, last] = [known[0], known[known.length - 1]].map((value) =>
      metricText(value, metricFacts(metric))
    );
    return `${name.padEnd(8)}${sparkline(values[name], { most })}  ${first} → ${last}\n`;
  }).join("");
}

function factsText(row: TrendRow, { columns, metric }: OfMetric): string {
  const facts = [...changeFacts(row, metric), ...row.reasons.map((reason) => `reason: ${reason}`)];
  if (facts.length === 0) return "";
  const name = row.revision === null ? row.subject : rowName(row);
  return wrapText(`${name}: ${facts.join("; ")}\n`, { columns });
}
