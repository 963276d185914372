import { type Html, html } from "../../report/page/html.ts";
import type { WatchedExperiment } from "../watch/watched_experiment.ts";

/** Returns the list of damaged files of an experiment, or null if there are none. */
export function problemList({ problems }: Pick<WatchedExperiment, "problems">): Html | null {
  if (problems.length === 0) return null;
  return html`<ul class="problems">${problems.map((problem) => html`<li>${problem}</li>`)}</ul>`;
}
