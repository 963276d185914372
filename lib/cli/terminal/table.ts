import { escapeUnprintable } from "../../core/text/unprintable.ts";
import { textWidth } from "./text_width.ts";

/** Returns rows as left-aligned columns two spaces apart, a line each. */
export function table(rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map((cell) => escapeUnprintable(cell)));
  // A table may have more rows than a call may have arguments.
  const widest = (column: number) => shown.reduce((width, row) => Math.max(width, textWidth(row[column])), 0);
  const widths = (shown[0] ?? []).map((_, column) => widest(column));
  const padded = (cell: string, column: number) => cell + " ".repeat(widths[column] - textWidth(cell));
  return shown.map((row) => `${row.map(padded).join("  ").trimEnd()}\n`).join("");
}
