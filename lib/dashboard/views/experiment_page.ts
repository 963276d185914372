import { html } from "../../report/page/html.ts";
import { filterFields, type TrialFilter } from "../../report/page/trials_table.ts";
import type { Fragments } from "../http/fragments.ts";
import type { WatchedExperiment } from "../watch/watched_experiment.ts";
import { dashboardDocument } from "./dashboard_document.ts";

/** The initial content of an experiment's page. */
export interface ExperimentPageOptions {
  readonly base: string;
  readonly filter: TrialFilter;
  /** The cheap fragments; the stream sends the others. */
  readonly fragments: Fragments;
  /** Whether there is a `report.html`. */
  readonly hasReport: boolean;
  /** Git revisions that changed the results, newest first: names and subjects. */
  readonly revisions: readonly (readonly [string, string])[];
  /** What a person wrote in `notes.md` beside the results; null without it. */
  readonly notes: string | null;
}

/** Returns the page of an experiment; its address keeps the filter. */
export function experimentPage(
  watched: WatchedExperiment,
  { base, filter, fragments, hasReport, revisions, notes }: ExperimentPageOptions,
): string {
  const { name } = watched;
  const address = `${base}/experiment/${name}`;
  const facts = watched.progress?.start.experiment ?? watched.story()?.summary.experiment;
  const options = revisions.map(([revision, subject]) =>
    html`<option value="${name}@${revision}">${revision} ${subject}</option>`
  );
  const fragment = (id: string) => fragments[id] ?? null;
  return dashboardDocument({
    title: `${name} · Seedbed`,
    base,
    live: `${address}/live`,
    body: html`
      <header>
        <p class="name">${name}</p>
        <h1>${facts?.question ?? name}</h1>
        ${hasReport ? html`<p><a href="${base}/report/${name}">Report of the last whole run</a></p>` : null}
      </header>
      <main>
        <section><h2>Progress</h2><div id="progress">${fragment(
          "progress",
        )}</div></section>
        <div id="story">${fragment("story")}</div>
        <form class="controls" role="search" action="${address}" data-live-filter>
          ${filterFields(filter, { hasSearch: facts?.search !== undefined })}
          <button type="submit">Show</button>
        </form>
        <div id="ranking"></div>
        <div id="charts"><p class="note">Drawing…</p></div>
        <section id="trials"><h2>Trials</h2><div id="table">${fragment("table")}</div></section>
        <div id="rest"></div>
        ${notes === null ? null : html`
          <section id="notes">
            <h2>Notes</h2>
            <pre class="notes">${notes}</pre>
          </section>
        `}
        ${revisions.length === 0 ? null : html`
          <section>
            <h2>Earlier results</h2>
            <p><a href="${address}/history">History of the results over git revisions</a></p>
            <form action="${base}/compare" class="controls">
              <label>These results
                <select name="side">
                  <option value="${name}">as they are here</option>
                  ${options}
                </select>
              </label>
              <label>with those of
                <select name="side">${options}</select>
              </label>
              <button type="submit">Compare</button>
            </form>
          </section>
        `}
      </main>
    `,
  });
}
