import { escapeHtml } from "../../lib/report/page/html.ts";
import type { Guide } from "./guide.ts";

/** The links that are the same on every page, and lie in the folder of all pages. */
export type ContextBar = readonly { readonly page: string; readonly title: string }[];

/** Returns the links to the first guide, to those that it links to, and to the reference; others are reached from these. */
export function contextBar(guides: readonly Guide[]): ContextBar {
  const [first] = guides;
  return [
    ...guides.filter(({ linkedBy }) => linkedBy === null || linkedBy === first.file)
      .map(({ page, title }) => ({ page, title })),
    { page: "all_symbols.html", title: "API reference" },
  ];
}

/**
 * Returns the bar as HTML.
 *
 * @param up What leads from the page's folder to that of all pages: `""` or `"../"`, once or more.
 */
export function contextBarHtml(bar: ContextBar, { up }: { readonly up: string }): string {
  const links = bar.map(({ page, title }) => `<a href="${up}${page}">${escapeHtml(title)}</a>`);
  return `<nav class="contextBar" aria-label="Guides and reference">${links.join("\n")}</nav>`;
}
