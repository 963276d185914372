import { counted } from "../../core/text/counted.ts";
import type { ExperimentFacts } from "../../experiment/declaration/experiment.ts";
import { pointKey } from "../../report/summary/rank_points.ts";
import { equalPoints, repeatedValues } from "../../report/summary/repeated_values.ts";
import type { LoadedExperiment } from "../../runner/plan/load_experiment.ts";
import type { Preview } from "../../runner/results/preview_run.ts";
import { table } from "../terminal/table.ts";
import { wrapText } from "../terminal/wrap_text.ts";
import { pendingText } from "./group_text.ts";
import { shortPointName, valueText } from "./value_text.ts";

const HEAD = ["trial", "repeat", "fate"];

/** Returns what a dry run would do and why, and its trials as a table. */
export function previewText(
  { experiment }: Pick<LoadedExperiment, "experiment">,
  { preview, columns }: { readonly preview: Preview; readonly columns: number | null },
): string {
  const { trials } = preview;
  const axes = Object.keys(experiment.grid);
  const rows = trials.map(({ trial, fate }) => [
    trial.id,
    String(trial.repeat),
    fate,
    ...axes.map((axis) => valueText(trial.point[axis])),
  ]);
  const count = trials.filter(({ fate }) => fate === "runs").length;
  const plan = `${experiment.name}: ${count} of ${trials.length} trials to run\n  ${planText(preview)}\n` +
    `${pendingText(preview)}\n`;
  const shorten = axes.map((_, index) => HEAD.length + index);
  return wrapText(plan, { columns }) +
    table([[...HEAD, ...axes], ...rows], { columns, shorten, below: true }) +
    wrapText(skippedText(preview) + duplicatesText(experiment, preview), { columns });
}

/** Returns what the trials come from, and how much is to train: `4 points, 1 skipped; 2 repeats each; 16 epochs`. */
function planText({ trials, skipped, duplicates }: Preview): string {
  const points = new Set(trials.map(({ trial }) => pointKey(trial.point))).size;
  const epochs = trials.filter(({ fate }) => fate === "runs").reduce(
    (sum, { trial }) => sum + trial.solver.epochs,
    0,
  );
  const repeats = trials.reduce((most, { trial }) => Math.max(most, trial.repeat + 1), 0);
  return [
    counted(points, "point") +
    (skipped.length === 0 ? "" : `, ${skipped.length} skipped`) +
    (duplicates.length === 0 ? "" : `, ${duplicates.length} the same as others`),
    `${counted(repeats, "repeat")}${repeats === 1 ? "" : " each"}`,
    `${counted(epochs, "epoch")} to train${
      trials.some(({ trial }) => trial.solver.patience) ? " at most" : ""
    }`,
  ].join("; ");
}

const MOST_SKIPPED = 20;

/** Returns the points that are skipped, each with its reason. */
function skippedText({ skipped }: Pick<Preview, "skipped">): string {
  const shown = skipped.slice(0, MOST_SKIPPED)
    .map(({ point, reason }) => `${shortPointName(point)} is skipped: ${reason}\n`);
  const more = skipped.length - shown.length;
  return `${shown.join("")}${more > 0 ? `${more} more points are skipped\n` : ""}`;
}

/** Returns the values that an axis has more than once, and the points that have the trials of another. */
function duplicatesText(experiment: ExperimentFacts, { duplicates }: Pick<Preview, "duplicates">): string {
  const same = equalPoints(duplicates)
    .map(({ point, sameAs }) => `${shortPointName(point)} is the same as ${shortPointName(sameAs)}`);
  return [...repeatedValues(experiment, { valueText }), ...same].map((line) => `${line}\n`).join("");
}

/** Returns the trials of a dry run, and why they run, as one line of JSON. */
export function previewJson(
  { experiment }: Pick<LoadedExperiment, "experiment">,
  { trials, duplicates, skipped, groups, expectedMs }: Preview,
): string {
  const rows = trials.map(({ trial, fate }) => ({ ...trial, fate }));
  return `${
    JSON.stringify({ experiment: experiment.name, trials: rows, duplicates, skipped, groups, expectedMs })
  }\n`;
}
