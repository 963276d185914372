import type { DrawnChart } from "../charts/draw_charts.ts";
import { chartFigure } from "../page/chart_figure.ts";
import { type Html, html } from "../page/html.ts";
import { htmlDocument } from "../page/html_document.ts";
import style from "../page/page.css" with { type: "text" };
import { PAGE_SCRIPT } from "../page/page_script.ts";
import { plainTable } from "../page/plain_table.ts";
import { changeFacts } from "./change_text.ts";
import { listedRows } from "./listed_rows.ts";
import { rowName, trendTable } from "./trend_table.ts";
import type { Trend, TrendRow } from "./trend.ts";

/**
 * Returns a trend as one file that needs no other and no network: the chart, the table of commits, and what each of them
 * changed and why.
 */
export function trendPage(trend: Trend, { chart }: { readonly chart: DrawnChart }): string {
  const { experiment } = trend;
  const { rows } = listedRows(trend);
  return htmlDocument({
    title: `${experiment}: trend of the results`,
    script: PAGE_SCRIPT,
    style,
    body: html`
      <header>
        <p class="name">${experiment}</p>
        <h1>Trend of the results</h1>
      </header>
      <main>
      <section id="trend">${chartFigure(chart)}</section>
      <section id="commits">
        <h2>Commits</h2>
        <div class="scroll">${plainTable(trendTable(rows, trend))}</div>
      </section>
      ${reasonsSection(rows, trend)}
      </main>
    `,
  });
}

function reasonsSection(rows: readonly TrendRow[], { metric }: Trend): Html | null {
  const told = rows.filter((row) => changeFacts(row, metric).length + row.reasons.length > 0);
  if (told.length === 0) return null;
  return html`
    <section id="changes">
      <h2>What changed, and why</h2>
      ${told.map((row) =>
        html`
          <h3 class="text">${row.date ?? "not committed"} <code>${rowName(row)}</code> ${row.subject}</h3>
          <ul>${row.reasons.map((reason) =>
            html`<li class="text">reason in CHANGES.md: <strong>${reason}</strong></li>`
          )}${changeFacts(row, metric).map((fact) => html`<li class="text">${fact}</li>`)}</ul>
        `
      )}
    </section>
  `;
}
