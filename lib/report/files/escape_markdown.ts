import { escapeUnprintable } from "../../core/text/unprintable.ts";

const HTML: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * Returns a text as it reads in Markdown, also in a cell of a table: nothing in it is markup, and it stands on one
 * line. An underscore inside a word is no markup and stays as it is.
 */
export function escapeMarkdown(text: string): string {
  return escapeUnprintable(text.replace(/\s+/g, " ").trim())
    .replace(/[&<>]/g, (character) => HTML[character])
    .replace(/[\\`*[\]|~$#]/g, "\\$&")
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\_");
}
