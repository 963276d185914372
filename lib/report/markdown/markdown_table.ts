import type { TextTable } from "../summary/text_table.ts";

/** Returns a table in Markdown; a short row is filled up with empty cells. */
export function markdownTable({ head, rows }: TextTable): string {
  const line = (cells: readonly string[]) =>
    `| ${[...cells, ...Array(head.length - cells.length).fill("")].join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
