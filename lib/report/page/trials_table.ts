import { measuresNumbers, type MetricFacts, testName, USUAL_METRIC } from "../../core/facts/metric.ts";
import { isAtChance } from "../evidence/chance_level.ts";
import { axisText } from "../summary/axis_text.ts";
import { selectedMetric, testedMetric, testValueOf, valueOf } from "../summary/metric.ts";
import { metricTextOrNone } from "../summary/metric_text.ts";
import { bestFirst } from "../summary/rank_points.ts";
import type { Summary, TrialResult } from "../summary/summary.ts";
import { type Html, html } from "./html.ts";
import { sortableHead } from "./sortable_head.ts";

/** The most trials in a report, the best ones; `trials.csv` has all. */
export const MOST_ROWS = 1000;

/** Returns the section of trials, best first, with controls to sort and filter them. */
export function trialsSection(summary: Summary): Html {
  const shown = Math.min(MOST_ROWS, summary.trials.length);
  return html`
    <section id="trials">
      <h2>Trials</h2>
      <details>
      <summary>Each of the ${summary.trials.length} trials</summary>
      <form class="controls" role="search" data-filters="trials_table">
        ${filterFields({ text: "", status: "" }, { hasSearch: summary.experiment.search !== undefined })}
        <output name="count" aria-live="polite">${shown} of ${shown}</output>
      </form>
      ${trialsTable(summary)}
      </details>
    </section>
  `;
}

/** A filter of trials; empty texts match all. */
export interface TrialFilter {
  /** Words that a trial's row must all contain. */
  readonly text: string;
  readonly status: string;
}

/** Returns the fields of a form that filters trials. */
export function filterFields(
  { text, status }: TrialFilter,
  { hasSearch }: { readonly hasSearch: boolean },
): Html {
  const statuses = ["done", ...hasSearch ? ["stopped"] : [], "diverged", "failed", "pending"];
  return html`
    <label>Filter
      <input type="search" name="text" value="${text}" placeholder="adam 0.001" autocomplete="off">
    </label>
    <label>Status
      <select name="status">
        <option value="">all</option>
        ${statuses.map((name) =>
          name === status ? html`<option selected>${name}</option>` : html`<option>${name}</option>`
        )}
      </select>
    </label>
  `;
}

/** Options of {@link trialsTable}. */
export interface TrialsTableOptions {
  /** Ids of trials that a worker runs now. Default: none. */
  readonly running?: ReadonlySet<string>;
}

/** Returns the table of trials, best first. */
export function trialsTable(summary: Summary, { running = new Set() }: TrialsTableOptions = {}): Html {
  const { trials, experiment, winner } = summary;
  const axes = Object.keys(experiment.grid);
  const metric = selectedMetric(experiment);
  const isUsual = metric.name === USUAL_METRIC;
  const isOfNumbers = measuresNumbers(experiment);
  const ranked = trials.toSorted(bestFirst((result) => valueOf(result, metric.name), experiment));
  const shown = ranked.slice(0, MOST_ROWS);
  const winners = new Set(winner?.trials ?? []);
  const atChance = new Set(shown.filter((result) => isAtChance(result, summary)).map(({ trial }) => trial));
  const isFolded = experiment.data.folds !== undefined;
  const hasReasons = shown.some(({ reason }) => reason !== null);
  const columns = [
    "rank",
    isUsual ? "validation" : metric.label,
    ...axes,
    "repeat",
    ...isFolded ? ["fold"] : [],
    "status",
    isUsual ? "test" : testedMetric(experiment).label,
    isUsual ? "train" : `training ${isOfNumbers ? "RMSE" : "accuracy"}`,
    isUsual ? "loss" : "training loss",
    "best epoch",
    "trial",
    ...hasReasons ? ["reason"] : [],
  ];
  return html`
    ${ranked.length > shown.length
      ? html`<p class="note">The best ${shown.length} of ${ranked.length} trials; trials.csv has all.</p>`
      : null}
    <div class="scroll">
      <table id="trials_table" class="sortable">
        <caption>Each trial of the grid, best ${metric.label} first. A column's heading sorts by it.</caption>
        ${sortableHead(columns)}
        <tbody>
          ${shown.map((trial, index) =>
            trialRow(trial, {
              rank: index + 1,
              experiment,
              axes,
              hasReasons,
              isFolded,
              isWinner: winners.has(trial.trial),
              status: running.has(trial.trial)
                ? "running"
                : `${trial.status}${atChance.has(trial.trial) ? ", at chance level" : ""}`,
            })
          )}
        </tbody>
      </table>
    </div>
  `;
}

interface RowOptions {
  readonly experiment: Summary["experiment"];
  readonly rank: number;
  readonly axes: readonly string[];
  readonly hasReasons: boolean;
  readonly isFolded: boolean;
  readonly isWinner: boolean;
  /** How it ended, or that it runs, for readers. */
  readonly status: string;
}

function trialRow(
  result: TrialResult,
  { rank, experiment, axes, hasReasons, isFolded, isWinner, status }: RowOptions,
): Html {
  const { trial, point, repeat, fold, bestEpoch, reason } = result;
  const [metric, tested] = [selectedMetric(experiment), testedMetric(experiment)];
  const cell = (value: number | null, written: Pick<MetricFacts, "format">) =>
    html`<td data-value="${value ?? ""}">${metricTextOrNone(value, written)}</td>`;
  return html`
    <tr data-status="${result.status}" data-trial="${trial}"
      ${isWinner
        ? html`
          class="winner"
        `
        : null}><td>${rank}</td>${cell(valueOf(result, metric.name), metric)}${axes.map((axis) =>
          html`<td>${axisText(point[axis])}</td>`
        )}<td>${repeat}</td>${isFolded
        ? html`<td>${fold ?? ""}</td>`
        : null}<td class="status">${status}</td>${cell(
          testValueOf(result, testName(metric.name)),
          tested,
        )}${cell(
          result.trainRmse ?? result.trainAccuracy,
          { format: result.trainRmse === undefined ? "percent" : "number" },
        )}<td data-value="${result.loss ??
        ""}">${result.loss === null ? "" : result.loss.toPrecision(4)}</td><td>${bestEpoch ??
        ""}</td><td><code>${trial}</code></td>${hasReasons
        ? html`<td class="reason">${reason ?? ""}</td>`
        : null}</tr>
  `;
}
