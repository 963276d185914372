import { stringify } from "@std/csv";
import { evidenceOf } from "../evidence/evidence.ts";
import { escapeMarkdown } from "../files/escape_markdown.ts";
import { markdownTable } from "../files/markdown_table.ts";
import type { Story } from "../story/story.ts";
import type { TextTable } from "../summary/text_table.ts";
import { escapeLatex, latexTable } from "./latex.ts";
import { methods, type Paragraph } from "./methods.ts";
import { paperTables } from "./paper_tables.ts";
import { pointNumbers } from "./point_numbers.ts";

/**
 * Returns the files for a paper, by name: methods as Markdown and LaTeX, each table as Markdown, LaTeX (booktabs) and
 * CSV.
 */
export function paperFiles({ summary, inspection }: Story): ReadonlyMap<string, string> {
  const evidence = evidenceOf(summary, { inspection });
  const paragraphs = methods(summary, evidence);
  const tables = Object.entries(paperTables(summary, evidence)).flatMap(([name, table]) => [
    [
      `${name}.md`,
      `${markdownTable({ head: table.head.map(escapeMarkdown), rows: escaped(table.rows) })}\n`,
    ] as const,
    [`${name}.tex`, latexTable(table)] as const,
    [`${name}.csv`, csv(name === "points" ? pointNumbers(summary, evidence) : table)] as const,
  ]);
  return new Map([
    ["methods.md", `## Methods\n\n${paragraphs.map(markdownParagraph).join("\n\n")}\n`],
    ["methods.tex", `\\section*{Methods}\n\n${paragraphs.map(latexParagraph).join("\n\n")}\n`],
    ...tables,
  ]);
}

function csv({ head, rows }: TextTable): string {
  return stringify([[...head], ...rows.map((row) => [...row])]).toWellFormed();
}

function escaped(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rows.map((row) => row.map(escapeMarkdown));
}

function markdownParagraph(parts: Paragraph): string {
  return parts.map((part) => typeof part === "string" ? spaced(part) : codeSpan(part.code)).join("");
}

/** Escapes a part, and keeps the spaces that separate it from its neighbours. */
function spaced(text: string): string {
  const [, before, after] = text.match(/^(\s*).*?(\s*)$/s)!;
  return text.trim() === "" ? before : `${before}${escapeMarkdown(text)}${after}`;
}

/** A text with backquotes is fenced by more of them. */
function codeSpan(code: string): string {
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${code}${fence}` : `${fence} ${code} ${fence}`;
}

function latexParagraph(parts: Paragraph): string {
  return parts.map((part) =>
    typeof part === "string" ? escapeLatex(part) : `\\texttt{${escapeLatex(part.code)}}`
  ).join("");
}
