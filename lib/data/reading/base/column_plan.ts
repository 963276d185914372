import { quoted } from "../../../core/text/quoted.ts";
import type { DateReader } from "../../text/date_reader.ts";
import type { ColumnType } from "../../base/raw_column.ts";

/** How a column is read. */
export interface ColumnPlan {
  readonly name: string;
  /** Null if it is not read. */
  readonly type: ColumnType | null;
  /** Whether its type is declared, so that another field is an error at once. */
  readonly isDeclared: boolean;
  readonly dates: DateReader;
  /** The declared format of its dates. Default: ISO 8601. */
  readonly dateFormat?: string;
}

/** A field that its column's type does not have. */
export interface Misfit {
  readonly row: number;
  readonly text: string;
}

const MOST_EXAMPLES = 3;

/** The fields of a column that its type does not have. */
export class MisfitList {
  count = 0;
  /** How many of them are dates. */
  dates = 0;
  /** The first few. */
  readonly first: Misfit[] = [];
  #lastRow = -1;

  /** Adds one, but for one of the same row: a record is read again where its end was not there. */
  add(misfit: Misfit, { dates }: Pick<ColumnPlan, "dates">): void {
    if (misfit.row === this.#lastRow) return;
    this.#lastRow = misfit.row;
    this.count++;
    if (dates(misfit.text) !== null) this.dates++;
    if (this.first.length < MOST_EXAMPLES) this.first.push(misfit);
  }
}

/** Returns what a field of a column with a declared type must be, and the remedy. */
export function misfitText(
  { type, dateFormat }: Pick<ColumnPlan, "type" | "dateFormat">,
  text: string,
): { readonly must: string; readonly remedy: string } {
  const example = dateFormat === undefined ? 'such as "2024-02-29"' : `of the format ${quoted(dateFormat)}`;
  return {
    must: type === "date" ? `be a date ${example}` : type === "text" ? "be a text" : "be a number",
    remedy: `; if it stands for a missing value, declare missing: { markers: [${quoted(text.trim())}] }`,
  };
}
