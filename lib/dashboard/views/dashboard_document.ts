import { type Html, html } from "../../report/page/html.ts";

/** A page of the dashboard. */
export interface DashboardPage {
  readonly title: string;
  /** The first part of every address, `/TOKEN`. */
  readonly base: string;
  /** URL of the page's stream of changes; null for a static page. */
  readonly live: string | null;
  readonly body: Html;
}

/** Returns a page of the dashboard; style and script come from the same server, so that its policy can be strict. */
export function dashboardDocument({ title, base, live, body }: DashboardPage): string {
  return html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>${title}</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="${base}/assets/page.css">
        <link rel="stylesheet" href="${base}/assets/dashboard.css">
        <script src="${base}/assets/page.js" defer></script>
        <script src="${base}/assets/dashboard.js" defer></script>
      </head>
      <body data-live="${live ?? ""}">
    <nav aria-label="Seedbed"><a href="${base}/">Experiments</a></nav>
    ${body}
    <p id="connection" role="status" hidden></p>
    <div id="tip" role="status" hidden></div>
      </body>
    </html>
  `.markup;
}
