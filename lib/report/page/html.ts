/** A piece of a page: markup in which every value from outside is text. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a hole of {@link html}: markup as it is, a list of it, a text that is escaped, or nothing. */
export type HtmlValue = Html | readonly HtmlValue[] | string | number | null;

/** Builds markup from a template; texts and numbers in its holes are escaped, in content and in quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = strings[0];
  values.forEach((value, index) => {
    markup += markupOf(value) + strings[index + 1];
  });
  return { markup };
}

/** Takes a text for markup; it must be the project's own, or have been escaped. */
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

/** Returns a text as it stands in markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]);
}

function markupOf(value: HtmlValue): string {
  if (value === null) return "";
  if (typeof value === "string" || typeof value === "number") return escapeHtml(String(value));
  if (isList(value)) return value.map(markupOf).join("");
  return value.markup;
}

function isList(value: HtmlValue): value is readonly HtmlValue[] {
  return Array.isArray(value);
}
