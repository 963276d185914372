import { type ContextBar, contextBarHtml } from "./context_bar.ts";

/** Where a page stands, and what it is to show. */
export interface MendOptions {
  /** Path from the folder of all pages. */
  readonly path: string;
  /** Name of the package, by which users import it. */
  readonly name: string;
  readonly bar: ContextBar;
}

/**
 * Returns a page of `deno doc` as this project shows it.
 *
 * `deno doc` is made for packages whose source is at a URL and whose pages are on a server. It links to files by their
 * path on this machine, and to folders; it calls the first module "default" and imports it from ".".
 */
export function mendPage(html: string, { path, name, bar }: MendOptions): string {
  const up = "../".repeat(path.split("/").length - 1);
  const ids = new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id));
  return html
    .replaceAll("&#x2F;", "/")
    .replace(/<a\s+class="sourceButton"[\s\S]*?<\/a>/g, "")
    .replaceAll("from &quot;.&quot;", `from &quot;${name}&quot;`)
    .replaceAll("from &quot;bullmq&quot;", `from &quot;${name}/bullmq&quot;`)
    .replaceAll(" - default - ", ` - ${name} - `)
    .replace(
      /<a href="[^"]*" class="([^"]*)">default<\/a>/g,
      `<a href="${up}all_symbols.html" class="$1">${name}</a>`,
    )
    .replace(/href="([^":]*\/)?"/g, (_, folder = "") => `href="${folder}index.html"`)
    .replace(/ href="#([^"]*)"/g, (link, id) => ids.has(id) ? link : "")
    .replace("</head>", `<link rel="stylesheet" href="${up}guides.css"></head>`)
    .replace('<div id="searchResults">', `${contextBarHtml(bar, { up })}<div id="searchResults">`);
}
