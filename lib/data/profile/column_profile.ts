import { formatFloat64 } from "../../core/text/number_text.ts";
import type { RawColumn } from "../base/raw_column.ts";
import { dateParts } from "../text/date_parts.ts";
import { columnFacts } from "./column_facts.ts";
import type { ColumnProfile } from "./table_profile.ts";

/** What is needed besides the column. */
export interface ProfileOptions {
  readonly kind: string;
  /** The rows that are used. */
  readonly rows: Int32Array;
}

const BINS = 12;
const MOST_TEXTS = 3;

/** Returns what a column holds. */
export function columnProfile(column: RawColumn, { kind, rows }: ProfileOptions): ColumnProfile {
  const { name, values, texts, type } = column;
  const { missing, range, distinct } = columnFacts(column, { rows, labels: null });
  if (texts !== null) {
    const counts = new Float64Array(texts.length);
    for (const row of rows) if (!Number.isNaN(values[row])) counts[values[row]] += 1;
    const order = Array.from(texts.keys()).sort((a, b) => counts[b] - counts[a] || a - b);
    const used = order.filter((code) => counts[code] > 0);
    const shown = used.slice(0, MOST_TEXTS).map((code) => texts[code]);
    const more = used.length - shown.length;
    return {
      ...{ name, kind, missing, distinct: used.length },
      range: `${shown.join(", ")}${more === 0 ? "" : `, and ${more} more`}`,
      histogram: used.slice(0, BINS).map((code) => counts[code]),
    };
  }
  if (range === null) return { name, kind, missing, distinct, range: "", histogram: [] };
  const shown = range.map((value) => type === "date" ? dayText(value) : formatFloat64(value));
  return {
    ...{ name, kind, missing, distinct },
    range: `${shown[0]} to ${shown[1]}`,
    histogram: binsOf(column, { rows, range }),
  };
}

/** Returns a date as ISO 8601 writes it. */
function dayText(days: number): string {
  const { year, month, day } = dateParts(days);
  return [String(year).padStart(4, "0"), ...[month, day].map((part) => String(part).padStart(2, "0"))].join(
    "-",
  );
}

interface Range {
  readonly rows: Int32Array;
  readonly range: readonly [number, number];
}

function binsOf({ values }: RawColumn, { rows, range: [least, greatest] }: Range): readonly number[] {
  const width = greatest - least;
  const bins = new Float64Array(width > 0 ? BINS : 1);
  for (const row of rows) {
    if (Number.isNaN(values[row])) continue;
    const bin = width > 0 ? Math.floor((values[row] - least) / width * BINS) : 0;
    bins[Math.min(bin, bins.length - 1)] += 1;
  }
  return [...bins];
}
