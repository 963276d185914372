import { durationText } from "../../core/text/duration_text.ts";
import { type Html, html } from "../../report/page/html.ts";
import { sortableHead } from "../../report/page/sortable_head.ts";
import { pointText } from "../../report/summary/axis_text.ts";
import { percent } from "../../report/summary/percent.ts";
import type { Summary } from "../../report/summary/summary.ts";
import type { Fragments } from "../http/fragments.ts";
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

/** Returns the table of experiments as the only fragment of the list. */
export function indexFragments(
  watched: readonly WatchedExperiment[],
  { base, nowMs }: { readonly base: string; readonly nowMs: number },
): Fragments {
  if (watched.length === 0) {
    return { experiments: html`<p>No experiment has results here yet; deno task start makes some.</p>` };
  }
  const rows = watched.map((experiment) => ({ experiment, share: runShare(experiment, { nowMs }) }))
    .sort((left, right) => Number(isRunning(right.share)) - Number(isRunning(left.share)));
  const head = ["compare", "experiment", "question", "run", "trials", "validation", "test", "winner"];
  return {
    experiments: html`
      <div class="scroll">
        <table id="experiments_table" class="sortable">
          <caption>Experiments with results in this folder; runs in progress stand first.</caption>
          ${sortableHead(head)}
          <tbody>${rows.map(({ experiment, share }) => row(experiment, { share, base }))}</tbody>
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
}

function row(experiment: WatchedExperiment, { share, base }: RowOptions): Html {
  const { name } = experiment;
  const summary = experiment.story()?.summary ?? null;
  const winner = summary?.winner ?? null;
  const accuracy = (mean: number | undefined) =>
    html`<td data-value="${mean ?? ""}">${mean === undefined ? "" : percent(mean)}</td>`;
  return html`
    <tr data-status="${share?.liveness ?? "committed"}">
    <td><input type="checkbox" name="side" value="${name}" aria-label="compare ${name}"></td>
    <th scope="row"><a href="${base}/experiment/${name}">${name}</a></th>
    <td class="question">${summary?.experiment.question ?? ""}${problemList(experiment)}</td>
    <td>${runText(share)}</td>
    <td>${summary === null ? "" : countsText(summary)}</td>
    ${accuracy(winner?.validationAccuracy.mean)}
    ${accuracy(winner?.testAccuracy?.mean)}
    <td>${winner === null ? "" : pointText(winner.point)}</td>
    </tr>
  `;
}

function runText(share: RunShare | null): string {
  if (share === null) return "committed";
  const percentDone = `${Math.floor(100 * share.share)} %`;
  if (share.liveness !== "running") return share.liveness;
  return `running, ${percentDone}${share.leftMs === null ? "" : `, ${durationText(share.leftMs)} left`}`;
}

function countsText({ counts }: Summary): string {
  const { trials, done, failed, diverged } = counts;
  return [
    `${done} of ${trials}`,
    ...failed > 0 ? [`${failed} failed`] : [],
    ...diverged > 0 ? [`${diverged} diverged`] : [],
  ].join(", ");
}
