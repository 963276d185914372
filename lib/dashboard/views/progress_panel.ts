import { durationText } from "../../core/text/duration_text.ts";
import { type Html, html } from "../../report/page/html.ts";
import { plainTable } from "../../report/page/plain_table.ts";
import { trialName } from "../../report/summary/trial_name.ts";
import type { Fragments } from "../http/fragments.ts";
import type { RunProgress } from "../watch/run_progress.ts";
import type { TrialBook } from "../watch/trial_book.ts";
import type { Liveness, WatchedExperiment } from "../watch/watched_experiment.ts";

/** The progress of a run. */
export interface RunShare {
  readonly liveness: Liveness;
  /**
   * Share of the epochs of the run's trials that are trained, or skipped since their trial ended early; a fraction.
   */
  readonly share: number;
  /** Estimated milliseconds left; null before the first epoch, or if no run is in progress. */
  readonly leftMs: number | null;
}

/** Returns the progress of the last run of an experiment; null if none ran here. */
export function runShare(
  watched: WatchedExperiment,
  { nowMs }: { readonly nowMs: number },
): RunShare | null {
  const { progress, book } = watched;
  if (progress === null) return null;
  const { start } = progress;
  const taken = new Set(start.toRun);
  let [done, all] = [0, 0];
  for (const { id, epochs } of start.trials) {
    if (!taken.has(id)) continue;
    all += epochs;
    done += book.hasEnded(id) ? epochs : Math.min(epochs, book.epochOf(id));
  }
  const liveness = watched.liveness({ nowMs });
  const share = all === 0 ? 1 : done / all;
  const isPaced = liveness === "running" && done > 0;
  return { liveness, share, leftMs: isPaced ? ((nowMs - start.at) / done) * (all - done) : null };
}

/** Returns a run's progress as text and as a bar, the trial of each worker, and the run's notes. */
export function progressPanel(
  watched: WatchedExperiment,
  { nowMs }: { readonly nowMs: number },
): Html {
  const { progress, book } = watched;
  const found = runShare(watched, { nowMs });
  if (progress === null || found === null) {
    return html`<p class="note">No run in this folder; the committed results are shown.</p>`;
  }
  const { share, liveness } = found;
  const percentDone = `${Math.floor(100 * share)} %`;
  return html`
    <p><strong>${stateText(progress, { found, nowMs })}</strong></p>
    <progress max="1" value="${share.toFixed(4)}" aria-label="epochs done">${percentDone}</progress>
    ${liveness === "running" ? workersTable(progress, { book, nowMs }) : null}
    ${progress.notes.length === 0
      ? null
      : html`<ul class="note">${progress.notes.map((note) => html`<li>${note}</li>`)}</ul>`}
  `;
}

/** Returns the fragments to show while a long journal is being read. */
export function readingFragments(share: number): Fragments {
  const percentDone = `${Math.floor(100 * share)} %`;
  return {
    progress: html`
      <p>Reading the journal: ${percentDone}</p>
      <progress max="1" value="${share.toFixed(4)}" aria-label="read">${percentDone}</progress>
    `,
  };
}

interface StateOptions {
  readonly found: RunShare;
  readonly nowMs: number;
}

function stateText({ start, closed }: RunProgress, { found, nowMs }: StateOptions): string {
  const { liveness, share, leftMs } = found;
  const percentDone = `${Math.floor(100 * share)} %`;
  if (closed !== null) {
    const status = closed.status === "complete" ? "complete" : `${closed.status} at ${percentDone}`;
    return `The last run is ${status}; it took ${durationText(closed.at - start.at)}.`;
  }
  if (liveness === "killed") {
    return `The last run was killed at ${percentDone}; the same command resumes it.`;
  }
  const left = leftMs === null ? "" : `, about ${durationText(leftMs)} left`;
  return `Running for ${
    durationText(nowMs - start.at)
  }: ${percentDone} of ${start.toRun.length} trials${left}.`;
}

interface WorkersOptions {
  readonly book: TrialBook;
  readonly nowMs: number;
}

function workersTable({ start, workers }: RunProgress, { book, nowMs }: WorkersOptions): Html {
  const trials = new Map(start.trials.map((trial) => [trial.id, trial]));
  const rows = [...workers].map(([worker, { trial, since, machine }]) => {
    const about = trials.get(trial);
    return [
      machine === undefined ? String(worker) : `${worker} on ${machine}`,
      about === undefined ? trial : trialName(about),
      `${book.epochOf(trial)} of ${about?.epochs ?? "?"}`,
      durationText(nowMs - since),
    ];
  });
  return html`
    <div class="scroll">${plainTable({ head: ["worker", "trial", "epoch", "for"], rows })}</div>
  `;
}
