import { escapeUnprintable } from "../../core/text/unprintable.ts";

/** A part of a page: markup in which every outside value is escaped. */
export interface Html {
  readonly markup: string;
}

/** A value in a template of {@link html}: markup, a list of markup, a text that is escaped, or null for nothing. */
export type HtmlValue = Html | readonly HtmlValue[] | string | number | null;

/**
 * Builds markup from a template; texts and numbers are escaped, both in content and in quoted attributes.
 *
 * Line breaks with indentation in the template become single line ends.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const pieces = piecesOf(strings);
  let markup = pieces[0];
  values.forEach((value, index) => {
    markup += markupOf(value) + pieces[index + 1];
  });
  return { markup };
}

const knownPieces = new WeakMap<TemplateStringsArray, readonly string[]>();

function piecesOf(strings: TemplateStringsArray): readonly string[] {
  const known = knownPieces.get(strings);
  if (known !== undefined) return known;
  const pieces = strings.map((piece) => piece.replace(/\s*\n\s*/g, "\n"));
  pieces[0] = pieces[0].replace(/^\n/, "");
  pieces[pieces.length - 1] = pieces[pieces.length - 1].replace(/\n$/, "");
  knownPieces.set(strings, pieces);
  return pieces;
}

/** Marks a text as markup; it must be the project's own, or escaped. */
export function trustedHtml(markup: string): Html {
  return { markup };
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes a text for markup; invisible characters become visible escapes. */
export function escapeHtml(text: string): string {
  return escapeUnprintable(text, { allowed: "\n\t" }).replace(/[&<>"']/g, (character) => ESCAPES[character]);
}

function markupOf(value: HtmlValue): string {
  if (value === null) return "";
  if (typeof value === "string" || typeof value === "number") return escapeHtml(String(value));
  if (isList(value)) return value.map(markupOf).join("\n");
  return value.markup;
}

function isList(value: HtmlValue): value is readonly HtmlValue[] {
  return Array.isArray(value);
}
