import { counted } from "../../core/text/counted.ts";
import type { DrawnChart, DrawnCharts } from "../charts/draw_charts.ts";
import { MOST_PAIRS } from "../charts/heat_map_chart.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { searchText, splitsText } from "../evidence/facts_text.ts";
import { bySection } from "../story/chart_sections.ts";
import type { Story } from "../story/story.ts";
import { countEntries } from "../summary/trial_status.ts";
import { runsText } from "../summary/trials_per_point.ts";
import { chartFigure } from "./chart_figure.ts";
import { duplicatesSection, lossesSection, reproduceSection, warningsSection } from "./closing_sections.ts";
import { answerSection } from "./answer_section.ts";
import { type Html, html } from "./html.ts";
import { htmlDocument } from "./html_document.ts";
import { inspectionSection } from "./inspection_section.ts";
import { pointsSection } from "./points_section.ts";
import { sharesSection } from "./shares_section.ts";
import style from "./page.css" with { type: "text" };
import { pageData } from "./page_data.ts";
import { PAGE_SCRIPT } from "./page_script.ts";
import { trialsSection } from "./trials_table.ts";

/** Returns `report.html`: one file that needs no other and no network. */
export function reportHtml(
  story: Story,
  { charts, evidence }: { readonly charts: DrawnCharts; readonly evidence: Evidence },
): string {
  const { summary } = story;
  const { name, question } = summary.experiment;
  return htmlDocument({
    title: `${name}: ${question}`,
    script: PAGE_SCRIPT,
    style,
    body: html`
      <header><p class="name">${name}</p><h1>${question}</h1>${countsLine(story)}</header>
      <main>
      ${warningsSection(summary)}${answerSection(summary, evidence)}${pointsSection(
        summary,
        evidence,
      )}${trialsSection(summary)}${sharesSection(evidence.shares, summary.experiment)}${chartSections(
        charts,
      )}${inspectionSection(
        story,
        { charts, evidence },
      )}${lossesSection(summary)}${duplicatesSection(summary)}${reproduceSection(summary)}</main>
      ${pageData(story)}
    `,
  });
}

/** Returns how many trials ended how, and how many rows the splits have. */
export function countsLine({ summary }: Story): Html {
  const { counts, experiment } = summary;
  const splits = splitsText(summary);
  const { points, trials } = counts;
  const items = countEntries(counts);
  const search = searchText(summary);
  return html`<p class="counts">${counted(points, "point")}, ${
    runsText(experiment)
  } each, ${trials} trials: ${
    items.map(([status, count]) =>
      html`
        <span class="count" data-status="${status}">${count} ${status}</span>
      `
    )
  }${splits === null ? null : html`<span class="splits">${splits}</span>`}</p>${
    search === null ? null : html`<p class="counts">${search}</p>`
  }`;
}

/** Returns the sections of charts about the grid; those without a chart are left out. */
export function chartSections(charts: Omit<DrawnCharts, "tested">): readonly (Html | null)[] {
  return bySection(charts).map(({ id, title, charts: drawn }) =>
    drawn.length === 0 ? null : html`
      <section id="${id}">
        <h2>${title}</h2>
        <div class="charts">${drawn.slice(0, mostOpen(id)).map(chartFigure)}</div>
        ${foldedCharts(drawn.slice(mostOpen(id)))}
      </section>
    `
  );
}

/** The charts of a section that are open; each effect of a parameter matters, and of pairs only the first. */
function mostOpen(id: string): number {
  return id === "heat_maps" ? MOST_PAIRS : Infinity;
}

function foldedCharts(charts: readonly DrawnChart[]): Html | null {
  if (charts.length === 0) return null;
  return html`
    <details class="more">
      <summary>${charts.length} more, in which the means of the cells vary less</summary>
      <div class="charts">${charts.map(chartFigure)}</div>
    </details>
  `;
}
