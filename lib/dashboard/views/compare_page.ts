import { comparedChart } from "../../report/charts/compared_chart.ts";
import { drawAll } from "../../report/charts/draw_charts.ts";
import { compareResults } from "../../report/compare/compare_results.ts";
import type { Comparison, TrialComparison } from "../../report/compare/comparison.ts";
import { chartFigure } from "../../report/page/chart_figure.ts";
import { type Html, html } from "../../report/page/html.ts";
import { plainTable } from "../../report/page/plain_table.ts";
import { pointText } from "../../report/summary/axis_text.ts";
import { percent, SPREAD_MEANING, spreadText } from "../../report/summary/percent.ts";
import type { TrialResult } from "../../report/summary/summary.ts";
import { pointName } from "../../report/summary/trial_name.ts";
import type { ComparedSide } from "./compared_side.ts";
import { dashboardDocument } from "./dashboard_document.ts";

const MOST_ROWS = 1000;

/** Returns the page that compares results: their winners, and all trials for two results of one experiment. */
export async function comparePage(
  sides: readonly ComparedSide[],
  { base }: { readonly base: string },
): Promise<string> {
  const chart = comparedChart(sides);
  const figures = await drawAll(chart === null ? [] : [chart]);
  return dashboardDocument({
    title: `${sides.map(({ label }) => label).join(", ")} · Seedbed`,
    base,
    live: null,
    body: html`
      <header>
        <h1>Comparison</h1>
      </header>
      <main>
        <section id="winners"><h2>Winners</h2><div class="scroll">${winnersTable(sides)}</div></section>
        <section>${figures.map(chartFigure)}</section>
        ${pairSection(sides)}
      </main>
    `,
  });
}

function winnersTable(sides: readonly ComparedSide[]): Html {
  const head = [
    "results",
    "winner",
    `validation, ${SPREAD_MEANING}`,
    `test, ${SPREAD_MEANING}`,
    "trials",
    "SHA-256",
  ];
  const rows = sides.map(({ label, story: { summary: { winner, counts, experimentDigest } } }) => [
    label,
    winner === null ? "none" : pointName(winner.point),
    winner === null ? "" : spreadText(winner.validationAccuracy),
    winner === null || winner.testAccuracy === null ? "" : spreadText(winner.testAccuracy),
    `${counts.done} of ${counts.trials}`,
    experimentDigest.slice(0, 12),
  ]);
  return plainTable({ head, rows });
}

function pairSection(sides: readonly ComparedSide[]): Html | null {
  const names = new Set(sides.map(({ story }) => story.summary.experiment.name));
  if (sides.length !== 2 || names.size > 1) return null;
  const [after, before] = sides;
  const comparison = compareResults(before.results, { current: after.results });
  const different = comparison.trials.filter(({ verdict }) => verdict !== "same");
  const labels = [before.label, after.label];
  return html`
    <section>
      <h2>Trial by trial</h2>
      ${changesTable(comparison, labels)}
      <p>${comparison.trials.length - different.length} of ${comparison.trials
        .length} trials are the same bits.</p>
      ${different.length === 0 ? null : html`<div class="scroll">${
        plainTable({
          head: ["trial", "point", "repeat", ...labels, "what", "differs from epoch"],
          rows: different.slice(0, MOST_ROWS).map(rowOf),
        })
      }</div>`}
    </section>
  `;
}

function changesTable({ changes }: Comparison, labels: readonly string[]): Html | null {
  if (changes.length === 0) return null;
  const rows = changes.map(({ field, before, after }) => [field, before ?? "none", after ?? "none"]);
  return html`<div class="scroll">${plainTable({ head: ["declared", ...labels], rows })}</div>`;
}

function rowOf({ baseline, current, point, repeat, verdict, parting }: TrialComparison): readonly string[] {
  return [
    (current ?? baseline)?.trial ?? "",
    pointText(point),
    String(repeat),
    accuracyText(baseline),
    accuracyText(current),
    verdict,
    parting === null ? "" : String(parting.epoch),
  ];
}

function accuracyText(result: TrialResult | null): string {
  if (result === null) return "absent";
  return result.bestValidationAccuracy === null ? result.status : percent(result.bestValidationAccuracy);
}
