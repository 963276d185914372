import { type Html, html } from "../../report/page/html.ts";
import type { WatchedExperiment } from "../watch/watched_experiment.ts";

/** Returns what is damaged among the files of an experiment, or null if nothing is. */
export function problemList({ problems }: Pick<WatchedExperiment, "problems">): Html | null {
  if (problems.length === 0) return null;
  return html`<ul class="problems">${problems.map((problem) => html`<li>${problem}</li>`)}</ul>`;
}
