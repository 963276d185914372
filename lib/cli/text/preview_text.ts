import type { LoadedExperiment } from "../../runner/plan/load_experiment.ts";
import type { Preview } from "../../runner/plan/preview_run.ts";
import { table } from "../terminal/table.ts";
import { shortPointName, valueText } from "./value_text.ts";

/** Returns the trials of a dry run as a table. */
export function previewText(
  { experiment }: Pick<LoadedExperiment, "experiment">,
  { trials, duplicates }: Preview,
): string {
  const axes = Object.keys(experiment.grid);
  const rows = trials.map(({ trial, fate }) => [
    trial.id,
    ...axes.map((axis) => valueText(trial.point[axis])),
    String(trial.repeat),
    fate,
  ]);
  const same = duplicates.map(({ point, sameAs }) =>
    `${shortPointName(point)} is the same as ${shortPointName(sameAs)}\n`
  );
  const count = trials.filter(({ fate }) => fate === "runs").length;
  return `${experiment.name}: ${count} of ${trials.length} trials to run\n\n` +
    table([["trial", ...axes, "repeat", "fate"], ...rows]) + same.join("");
}

/** Returns the trials of a dry run as one line of JSON. */
export function previewJson(
  { experiment }: Pick<LoadedExperiment, "experiment">,
  { trials, duplicates }: Preview,
): string {
  const rows = trials.map(({ trial, fate }) => ({ ...trial, fate }));
  return `${JSON.stringify({ experiment: experiment.name, trials: rows, duplicates })}\n`;
}
