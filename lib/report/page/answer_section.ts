import { type MetricFacts, metricFacts, testName } from "../../core/facts/metric.ts";
import {
  foldsOf,
  selectedMetric,
  spreadOfMetric,
  testSpreadOf,
  validationMetrics,
} from "../summary/metric.ts";
import { metricText, sizeText } from "../summary/metric_text.ts";
import { roundedPercent } from "../summary/percent.ts";
import { heldOut } from "../../statistics/held_out.ts";
import { meanInterval } from "../../statistics/mean_interval.ts";
import { rowsText } from "../evidence/test_text.ts";
import { ensembleValues, netsText } from "../story/ensemble_text.ts";
import { axisText } from "../summary/axis_text.ts";
import { winnerRows } from "../summary/split_rows.ts";
import type { Spread, Summary } from "../summary/summary.ts";
import { trialsPerPoint, valueNames, valuesText } from "../summary/trials_per_point.ts";
import { type Html, html } from "./html.ts";
import { plainTable } from "./plain_table.ts";

/**
 * Returns the section of the answer: what the results say, what its author concludes, and the winner with its
 * accuracies.
 *
 * @param options.lead The answer in words.
 */
export function answerSection(summary: Summary, { lead }: { readonly lead: string }): Html {
  const { winner, counts, experiment: { conclusion } } = summary;
  return html`
    <section id="winner" class="card">
    <h2>${winner === null ? "Winner" : counts.pending > 0 ? "Leading among complete points" : "Answer"}</h2>
    <p class="answer">${lead}</p>
    ${conclusion === undefined
      ? null
      : html`<p class="conclusion"><span class="label">The author's conclusion</span> ${conclusion}</p>`}
    ${winner === null ? null : winnerFacts(summary, winner)}
    </section>
  `;
}

function winnerFacts(summary: Summary, winner: NonNullable<Summary["winner"]>): Html {
  const { counts, experiment } = summary;
  const parameters = Object.entries(winner.point);
  const metric = selectedMetric(experiment);
  const tested = metricFacts(testName(metric.name));
  const test = testSpreadOf(winner, testName(metric.name));
  return html`
    <dl class="parameters">${parameters.length === 0
      ? html`
        <div>
          <dt>point</dt>
          <dd>the only one</dd>
        </div>
      `
      : parameters.map(([axis, value]) =>
        html`
          <div>
            <dt>${axis}</dt>
            <dd>${axisText(value)}</dd>
          </div>
        `
      )}</dl>
    <div class="measures">
    ${measure(metric, {
      spread: spreadOfMetric(winner, metric.name)!,
      rows: winnerRows(summary, "validation"),
    })}
    ${test === null
      ? html`<div class="measure"><span class="label">${tested.label}</span><span class="note">${
        counts.pending > 0 ? "not opened while trials are pending" : "not opened yet"
      }</span></div>`
      : measure(tested, { spread: test, rows: winnerRows(summary, "test") })}${ensembleMeasure(
        summary,
        winner,
      )}
    </div>
    ${repeatsTable(winner, experiment)}
  `;
}

interface Measured {
  readonly spread: Spread;
  readonly rows: number | null;
}

function measure(metric: MetricFacts, { spread, rows }: Measured): Html {
  const { mean, halfWidth, count } = meanInterval(spread.values, heldOut(spread))!;
  const repeats = `${count === 1 ? "" : "mean of "}${valuesText(count, spread)}`;
  const note = halfWidth === null
    ? repeats
    : `± ${halfWidthText(halfWidth, metric)} (95 % interval of the ${repeats})`;
  return html`
    <div class="measure">
      <span class="label">${metric.label}</span><strong>${metricText(
        mean,
        metric,
      )}</strong><span class="note">${note}</span>
      <span class="note">${rowsText(spread, metric.isShareOfRows ? rows : null)}</span>
    </div>
  `;
}

/** Returns the measure of the winner's nets together; null without an ensemble. */
function ensembleMeasure(summary: Summary, winner: NonNullable<Summary["winner"]>): Html | null {
  const [value] = ensembleValues(winner, summary.experiment);
  if (value === undefined) return null;
  const { metric, mean } = value;
  const rows = metric.isShareOfRows ? winnerRows(summary, "test") : null;
  return html`
    <div class="measure">
      <span class="label">${metric.label} of the ensemble</span><strong>${metricText(
        mean,
        metric,
      )}</strong><span class="note">${netsText(winner)}</span>
      <span class="note">${rowsText(value, rows)}</span>
    </div>
  `;
}

/** Returns the winner's metrics on each split, repeat by repeat; null where there is nothing more to show. */
function repeatsTable(
  winner: NonNullable<Summary["winner"]>,
  experiment: Summary["experiment"],
): Html | null {
  const metrics = validationMetrics(experiment);
  if (trialsPerPoint(experiment) === 1 && metrics.length === 1) return null;
  const folds = foldsOf(winner);
  // The nets of all folds are tested together: one value stands for the folds of a repeat.
  const cellsOf = ({ spread, metric }: Shown) =>
    spread.values.flatMap((value) => [
      metricText(value, metric),
      ...spread.folds === undefined ? new Array<string>(folds - 1).fill("") : [],
    ]);
  const together = ensembleValues(winner, experiment);
  const row = (name: string, { spread, metric, isTest = false }: Shown) => [
    name,
    ...cellsOf({ spread, metric }),
    spread.standardDeviation === null ? "" : halfWidthText(spread.standardDeviation, metric),
    ...together.filter((value) => value.metric.measure === metric.measure).map(({ mean }) =>
      isTest ? metricText(mean, metric) : ""
    ),
  ];
  const isAlone = metrics.length === 1;
  const rows = metrics.flatMap((metric) => {
    const [spread, test] = [spreadOfMetric(winner, metric.name), testSpreadOf(winner, testName(metric.name))];
    const tested = metricFacts(testName(metric.name));
    return [
      ...spread === null ? [] : [row(isAlone ? "validation" : metric.label, { spread, metric })],
      ...test === null ? [] : [row(isAlone ? "test" : tested.label, { spread: test, metric, isTest: true })],
    ];
  });
  return html`<div class="scroll">${
    plainTable({
      head: [
        isAlone ? "accuracy" : "metric",
        ...valueNames(spreadOfMetric(winner, metrics[0].name)!),
        "std. deviation",
        ...together.length === 0 ? [] : ["ensemble"],
      ],
      rows,
    })
  }</div>`;
}

interface Shown {
  readonly spread: Spread;
  readonly metric: MetricFacts;
  /** Default: false. */
  readonly isTest?: boolean;
}

function halfWidthText(value: number, metric: MetricFacts): string {
  return metric.format === "percent" ? roundedPercent(value) : sizeText(value, metric);
}
