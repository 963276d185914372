import { escapeUnprintable } from "../../core/text/unprintable.ts";

const HTML: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * Escapes a text for Markdown, also for a cell of a table: nothing in it is markup, and it is on one line. An
 * underscore inside a word is no markup and stays unescaped.
 */
export function escapeMarkdown(text: string): string {
  return escapeUnprintable(text.replace(/\s+/g, " ").trim())
    .replace(/[&<>]/g, (character) => HTML[character])
    .replace(/[\\`*[\]|~$#]/g, "\\$&")
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\_");
}

const UNESCAPED: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** Returns the text of an {@link escapeMarkdown}, but for characters that cannot be printed, which stay escaped. */
export function unescapeMarkdown(markdown: string): string {
  return markdown.replace(
    /\\([\\`*[\]|~$#_])|&(?:amp|lt|gt);/g,
    (found, character) => character ?? UNESCAPED[found],
  );
}
