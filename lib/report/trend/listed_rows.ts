import { counted } from "../../core/text/counted.ts";
import type { Trend, TrendRow } from "./trend.ts";

/** The rows of a trend that a reader is shown. */
export interface ListedRows {
  readonly rows: readonly TrendRow[];
  /** How many are left out, since they changed no result. */
  readonly unchanged: number;
}

/** Returns the rows that changed results or their declaration; all rows if only the first one did. */
export function listedRows({ rows }: Trend): ListedRows {
  const changed = rows.filter(({ isChanged }) => isChanged);
  const shown = changed.length > 1 ? changed : rows;
  return { rows: shown, unchanged: rows.length - shown.length };
}

/** Returns how many rows are left out, as a sentence; "" if there are none. */
export function unchangedText(unchanged: number): string {
  if (unchanged === 0) return "";
  return `${counted(unchanged, "commit")} changed other files only, such as the report, and ${
    unchanged === 1 ? "is" : "are"
  } left out.`;
}
