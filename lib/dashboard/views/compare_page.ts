import { messageOf } from "../../core/check/message_of.ts";
import { comparedChart } from "../../report/charts/compared_chart.ts";
import { compareResults } from "../../report/compare/compare_results.ts";
import type { TrialComparison } from "../../report/compare/comparison.ts";
import { differingFields } from "../../report/compare/spec_changes.ts";
import { type Html, html } from "../../report/page/html.ts";
import { plainTable } from "../../report/page/plain_table.ts";
import { pointText } from "../../report/summary/axis_text.ts";
import { type Measuring, selectedMetric, valueOf } from "../../report/summary/metric.ts";
import { metricText } from "../../report/summary/metric_text.ts";
import type { TrialResult } from "../../report/summary/summary.ts";
import type { Drawing } from "../drawing/drawing_thread.ts";
import { comparedWinners } from "./compared_winners.ts";
import type { ComparedSide } from "./compared_side.ts";
import { dashboardDocument } from "./dashboard_document.ts";

const MOST_ROWS = 1000;

/** Returns the page that compares results: their winners, and all trials for two results of one experiment. */
export async function comparePage(
  sides: readonly ComparedSide[],
  { base, drawing }: { readonly base: string; readonly drawing: Drawing },
): Promise<string> {
  const figures = await drawnFigures(sides, drawing);
  return dashboardDocument({
    title: `${sides.map(({ label }) => label).join(", ")} · Seedbed`,
    base,
    live: null,
    body: html`
      <header>
        <h1>Comparison</h1>
      </header>
      <main>
        ${doubts(sides)}${settingsSection(sides)}
        <section id="winners"><h2>Winners</h2>${comparedWinners(sides)}</section>
        <section>${figures}</section>
        ${pairSection(sides)}
      </main>
    `,
  });
}

async function drawnFigures(sides: readonly ComparedSide[], drawing: Drawing): Promise<Html | null> {
  const chart = comparedChart(sides);
  if (chart === null) return null;
  try {
    return (await drawing.draw({ type: "charts", charts: [chart] })).charts;
  } catch (error) {
    return html`<p class="note">Cannot draw the charts: ${messageOf(error)}</p>`;
  }
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
      <p>${comparison.trials.length - different.length} of ${comparison.trials
        .length} trials are the same bits.</p>
      ${different.length === 0 ? null : html`<div class="scroll">${
        plainTable({
          head: [
            "trial",
            "point",
            "repeat",
            ...isFolded(different) ? ["fold"] : [],
            ...labels,
            "what",
            "differs from epoch",
          ],
          rows: different.slice(0, MOST_ROWS).map((trial) =>
            rowOf(trial, { experiment: after.story.summary.experiment, isFolded: isFolded(different) })
          ),
        })
      }</div>`}
    </section>
  `;
}

/** Returns what the sides were asked differently, the first thing to know about a difference of their results. */
function settingsSection(sides: readonly ComparedSide[]): Html {
  const fields = differingFields(sides.map(({ story }) => story.summary));
  const rows = fields.map(({ field, values }) => [field, ...values.map((value) => shortValue(value))]);
  return html`
    <section id="settings">
      <h2>What differs</h2>
      ${rows.length === 0
        ? html`<p>Nothing: all were declared alike, with the same data and arithmetic.</p>`
        : html`
          <p class="note">Rows of model and solver are the winners' settings.</p>
          <div class="scroll">${plainTable({
            head: ["declared", ...sides.map(({ label }) => label)],
            rows,
          })}</div>
        `}
    </section>
  `;
}

const MOST_LETTERS = 120;

function shortValue(value: string | null): string {
  if (value === null) return "–";
  if (/^"[0-9a-f]{64}"$/.test(value)) return value.slice(1, 17);
  return value.length <= MOST_LETTERS ? value : `${value.slice(0, MOST_LETTERS)}…`;
}

/** Returns what makes the comparison doubtful; null if nothing does. */
function doubts(sides: readonly ComparedSide[]): Html | null {
  const differ = (value: (side: ComparedSide) => unknown) => new Set(sides.map(value)).size > 1;
  const texts = [
    ...differ(({ story }) => story.summary.dataDigest)
      ? ["The data differ: a difference of accuracy does not say which settings are better."]
      : [],
    ...differ(({ story }) => story.summary.numericsVersion)
      ? ["The numerics versions differ: the same settings do not give the same bits."]
      : [],
    ...sides.filter(({ isRunning }) => isRunning).map(({ label }) =>
      `${label} is still running: its trials so far are compared. Load the page again for more.`
    ),
  ];
  if (texts.length === 0) return null;
  return html`
    <section id="doubts" class="card">
      <h2>Before you compare</h2>
      <ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>
    </section>
  `;
}

function isFolded(trials: readonly TrialComparison[]): boolean {
  return trials.some(({ fold }) => fold !== undefined);
}

interface RowOptions {
  readonly experiment: Measuring;
  readonly isFolded: boolean;
}

function rowOf(
  { baseline, current, point, repeat, fold, verdict, parting }: TrialComparison,
  { experiment, isFolded }: RowOptions,
): readonly string[] {
  return [
    (current ?? baseline)?.trial ?? "",
    pointText(point),
    String(repeat),
    ...isFolded ? [String(fold ?? "")] : [],
    resultText(baseline, experiment),
    resultText(current, experiment),
    verdict === "incomplete" ? "not ended" : verdict,
    parting === null ? "" : String(parting.epoch),
  ];
}

function resultText(result: TrialResult | null, experiment: Measuring): string {
  if (result === null) return "absent";
  const metric = selectedMetric(experiment);
  const value = valueOf(result, metric.name);
  return value === null ? result.status : metricText(value, metric);
}
