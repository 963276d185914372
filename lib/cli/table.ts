/** Returns rows as left-aligned columns two spaces apart, a line each. */
export function table(rows: readonly (readonly string[])[]): string {
  // A table may have more rows than a call may have arguments.
  const widest = (column: number) => rows.reduce((width, row) => Math.max(width, row[column].length), 0);
  const widths = (rows[0] ?? []).map((_, column) => widest(column));
  const line = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column])).join("  ");
  return rows.map((row) => `${line(row).trimEnd()}\n`).join("");
}
