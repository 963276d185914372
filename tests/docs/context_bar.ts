import { escapeHtml } from "../../lib/report/page/html.ts";
import type { Guide } from "./guide.ts";

/** The links that are the same on every page, and lie in the folder of all pages. */
export type ContextBar = readonly { readonly page: string; readonly title: string }[];

/** Returns the links to the guides and to the reference; a guide within another's folder is reached from there. */
export function contextBar(guides: readonly Guide[]): ContextBar {
  const isWithin = ({ page }: Guide, other: Guide) => page.startsWith(other.page.replace(/\.html$/, "_"));
  return [
    ...guides.filter((guide) => !guides.some((other) => isWithin(guide, other)))
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
