import { escapeUnprintable } from "../../core/text/unprintable.ts";
import { shortText, textWidth } from "./text_width.ts";
import { wrapText } from "./wrap_text.ts";

/** Options of {@link table}. */
export interface TableOptions {
  /** Columns of the terminal; null, as by default, if it is none: then every cell is whole. */
  readonly columns?: number | null;
  /** Indices of the columns whose cells may be shortened in the middle, so that the table fits. Default: none. */
  readonly shorten?: readonly number[];
  /**
   * Whether those cells go to lines of their own, as `head=cell`, where they would be shortened to very little. The first
   * row is the head. Default: false.
   */
  readonly below?: boolean;
}

type Rows = readonly (readonly string[])[];

const GAP = 2;
const LEAST_COLUMNS = 8;
/** With fewer columns for a cell, a table whose cells may go below is easier to read that way. */
const LEAST_BESIDE = 12;

/** Returns rows as left-aligned columns two spaces apart, a line each. */
export function table(
  rows: Rows,
  { columns = null, shorten = [], below = false }: TableOptions = {},
): string {
  const shown = rows.map((row) => row.map((cell) => escapeUnprintable(cell)));
  const widths = widthsOf(shown);
  if (columns === null || lineWidth(widths) <= columns) return lines(shown, widths);
  const flexible = new Set(shorten);
  const fixed = widths.map((width, column) => flexible.has(column) ? 0 : width);
  const most = mostColumns(shorten.map((column) => widths[column]), columns - lineWidth(fixed));
  if (below && most < LEAST_BESIDE) return stacked(shown, { flexible, columns });
  const cut = Math.max(most, LEAST_COLUMNS);
  const short = shown.map((row) =>
    row.map((cell, column) => flexible.has(column) ? shortText(cell, { columns: cut }) : cell)
  );
  return lines(short, widthsOf(short));
}

function widthsOf(rows: Rows): readonly number[] {
  // A table may have more rows than a call may have arguments.
  const widest = (column: number) => rows.reduce((width, row) => Math.max(width, textWidth(row[column])), 0);
  return (rows[0] ?? []).map((_, column) => widest(column));
}

function lineWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + GAP, -GAP);
}

function lines(rows: Rows, widths: readonly number[]): string {
  const padded = (cell: string, column: number) => cell + " ".repeat(widths[column] - textWidth(cell));
  return rows.map((row) => `${row.map(padded).join(" ".repeat(GAP)).trimEnd()}\n`).join("");
}

/** Returns the widest that cells may be, so that all of them fit. */
function mostColumns(widths: readonly number[], room: number): number {
  let most = widths.reduce((widest, width) => Math.max(widest, width), 0);
  const taken = () => widths.reduce((sum, width) => sum + Math.min(width, most), 0);
  while (most > 0 && taken() > room) most -= 1;
  return most;
}

interface Stack {
  readonly flexible: ReadonlySet<number>;
  readonly columns: number;
}

/**
 * Returns a table of the columns that must be whole, with the others of each row below it, but for empty ones; what all
 * rows have in common is at the end.
 */
function stacked(rows: Rows, { flexible, columns }: Stack): string {
  const [head, ...body] = rows;
  const fixed = rows.map((row) => row.filter((_, column) => !flexible.has(column)));
  const isCommon = (column: number) =>
    body.length > 1 && body.every((row) => row[column] === body[0][column]);
  const pairs = (row: readonly string[], isShown: (column: number) => boolean, title = "") => {
    const shown = row.map((cell, column) => `${head[column]}=${cell}`)
      .filter((_, column) => flexible.has(column) && row[column] !== "" && isShown(column));
    if (shown.length === 0) return "";
    return wrapText(`${" ".repeat(2 * GAP)}${title}${shown.join(", ")}\n`, { columns });
  };
  const others = body.map((row) => pairs(row, (column) => !isCommon(column)));
  const common = pairs(body[0] ?? [], isCommon, "each has ");
  const whole = lines(fixed, widthsOf(fixed)).split(/(?<=\n)/);
  return whole.map((line, row) => line + (others[row - 1] ?? "")).join("") + common;
}
