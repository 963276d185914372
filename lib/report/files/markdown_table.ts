import type { TextTable } from "../summary/text_table.ts";

/** Options of {@link markdownTable}. */
export interface MarkdownTableOptions {
  /** Names in the head whose columns are aligned to the right. Default: none. */
  readonly numeric?: readonly string[];
}

/** Returns a table in Markdown, whose texts are already escaped; a short row is filled up with empty cells. */
export function markdownTable(
  { head, rows }: TextTable,
  { numeric = [] }: MarkdownTableOptions = {},
): string {
  const line = (cells: readonly string[]) =>
    `| ${[...cells, ...Array(head.length - cells.length).fill("")].join(" | ")} |`;
  const rule = head.map((name) => numeric.includes(name) ? "--:" : "---");
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
