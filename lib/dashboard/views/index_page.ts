import { testName, USUAL_METRIC } from "../../core/facts/metric.ts";
import { durationText } from "../../core/text/duration_text.ts";
import { type Html, html } from "../../report/page/html.ts";
import { sortableHead } from "../../report/page/sortable_head.ts";
import { pointText } from "../../report/summary/axis_text.ts";
import { countFinished } from "../../report/summary/trial_status.ts";
import { selectedMetric, spreadOfMetric, testSpreadOf } from "../../report/summary/metric.ts";
import { metricText } from "../../report/summary/metric_text.ts";
import type { Spread, Summary } from "../../report/summary/summary.ts";
import { type ExperimentState, experimentState } from "../../runner/results/experiment_state.ts";
import type { Fragments } from "../http/fragments.ts";
import type { GitFacts, GitFactsOf } from "../watch/git_facts.ts";
import type { WatchedExperiment } from "../watch/watched_experiment.ts";
import { dashboardDocument } from "./dashboard_document.ts";
import { problemList } from "./problem_list.ts";
import { type RunShare, runShare } from "./progress_panel.ts";

/** Returns the list of all experiments, those in progress first. */
export function indexPage(
  { base, fragments }: { readonly base: string; readonly fragments: Fragments },
): string {
  return dashboardDocument({
    title: "Seedbed experiments",
    base,
    live: `${base}/live`,
    body: html`
      <header>
        <h1>Experiments</h1>
      </header>
      <main>
        <form class="controls" role="search" data-filters="experiments_table" data-deep-link>
          <label>Search
            <input type="search" name="text" placeholder="cifar10 running" autocomplete="off">
          </label>
          <output name="count" aria-live="polite"></output>
        </form>
        <form id="compare" action="${base}/compare">
          <div id="experiments">${fragments.experiments}</div>
          <p><button type="submit">Compare the chosen</button></p>
        </form>
      </main>
    `,
  });
}

/** Options of {@link indexFragments}. */
export interface IndexOptions {
  readonly base: string;
  readonly nowMs: number;
  readonly gitFacts: GitFactsOf;
}

/** Returns the table of experiments as the only fragment of the list. */
export function indexFragments(
  watched: readonly WatchedExperiment[],
  { base, nowMs, gitFacts }: IndexOptions,
): Fragments {
  if (watched.length === 0) {
    return { experiments: html`<p>No experiment has results here yet; deno task start makes some.</p>` };
  }
  const rows = watched.map((experiment) => ({ experiment, share: runShare(experiment, { nowMs }) }))
    .sort((left, right) => Number(isRunning(right.share)) - Number(isRunning(left.share)));
  const head = ["experiment", "state", "validation", "test", "trials", "winner", "question"];
  return {
    experiments: html`
      <div class="scroll">
        <table id="experiments_table" class="sortable">
          <caption>Experiments with results in this folder; runs in progress stand first. Tick two or more to compare them.</caption>
          ${sortableHead(head)}
          <tbody>${rows.map(({ experiment, share }) =>
            row(experiment, { share, base, git: gitFacts(experiment.name) })
          )}</tbody>
        </table>
      </div>
    `,
  };
}

function isRunning(share: RunShare | null): boolean {
  return share?.liveness === "running";
}

interface RowOptions {
  readonly share: RunShare | null;
  readonly base: string;
  readonly git: GitFacts;
}

function row(experiment: WatchedExperiment, { share, base, git }: RowOptions): Html {
  const { name } = experiment;
  const summary = experiment.story()?.summary ?? null;
  const winner = summary?.winner ?? null;
  const state = stateOf(summary, { share, git });
  const box = html`<input type="checkbox" name="side" value="${name}" aria-label="compare ${name}">`;
  const metric = selectedMetric(summary?.experiment ?? {});
  // Experiments may be decided by different metrics.
  const what = metric.name === USUAL_METRIC ? "" : ` ${metric.measure}`;
  const cell = (spread: Spread | null) => {
    const mean = spread?.mean ?? null;
    return html`<td data-value="${mean ?? ""}">${
      mean === null ? "" : `${metricText(mean, metric)}${what}`
    }</td>`;
  };
  return html`
    <tr data-status="${state}" data-href="${base}/experiment/${name}">
    <th scope="row">${box}<a href="${base}/experiment/${name}">${name}</a></th>
    <td>${stateText(state, { share, summary })}</td>
    ${cell(winner === null ? null : spreadOfMetric(winner, metric.name))}
    ${cell(winner === null ? null : testSpreadOf(winner, testName(metric.name)))}
    <td>${summary === null ? "" : countsText(summary)}</td>
    <td class="text">${winner === null ? "" : pointText(winner.point)}</td>
    <td class="text">${summary?.experiment.question ?? ""}${problemList(experiment)}</td>
    </tr>
  `;
}

interface Known {
  readonly share: RunShare | null;
  readonly git: GitFacts;
}

/**
 * The state is that of `list`, but what the file declares is known by git alone: no code of a user runs here. Of results
 * that git does not have, it cannot be known whether the file was edited before or after their run.
 */
function stateOf(summary: Summary | null, { share, git }: Known): ExperimentState {
  const ofResults = summary === null || countFinished(summary.counts) === 0 ? null : summary.experimentDigest;
  const lastRun = share === null || share.liveness === "never ran here" ? "none" : share.liveness;
  return experimentState({
    declared: git.isInGit && git.isEdited ? EDITED : ofResults,
    ofResults,
    isInGit: git.isInGit,
    lastRun,
    isWhole: summary?.counts.pending === 0,
  });
}

/** A digest that no results have. */
const EDITED = "";

const STATE_TEXTS: Readonly<Partial<Record<ExperimentState, string>>> = {
  committed: "committed, same bits",
  "edited since": "file edited since",
};

function stateText(
  state: ExperimentState,
  { share, summary }: { readonly share: RunShare | null; readonly summary: Summary | null },
): string {
  const percentDone = share === null ? "" : `${Math.floor(100 * share.share)} %`;
  if (state === "running") {
    const left = share?.leftMs == null ? "" : `, ${durationText(share.leftMs)} left`;
    return `running, ${percentDone}${left}`;
  }
  if (state === "killed") return `killed at ${percentDone}`;
  const isPartial = summary !== null && summary.counts.pending > 0;
  return `${STATE_TEXTS[state] ?? state}${isPartial ? ", incomplete" : ""}`;
}

function countsText({ counts }: Summary): string {
  const { trials, done, stopped = 0, failed, diverged } = counts;
  return [
    `${done} of ${trials}`,
    ...stopped > 0 ? [`${stopped} stopped`] : [],
    ...failed > 0 ? [`${failed} failed`] : [],
    ...diverged > 0 ? [`${diverged} diverged`] : [],
  ].join(", ");
}
