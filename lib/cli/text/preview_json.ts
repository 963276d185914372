import { plannedEpochs } from "../../experiment/trial/planned_epochs.ts";
import type { LoadedExperiment } from "../../runner/plan/load_experiment.ts";
import type { Preview } from "../../runner/results/preview_run.ts";
import { previewCounts } from "./preview_counts.ts";

/** Returns a dry run in full as one line of JSON: the plan, why trials run, and every point and trial. */
export function previewJson(
  { experiment }: Pick<LoadedExperiment, "experiment">,
  preview: Preview,
): string {
  const {
    trials,
    duplicates,
    skipped,
    groups,
    workers,
    expectedMs,
    timed,
    memory,
    availableBytes,
    brackets,
  } = preview;
  const { points, counts, epochs, searchEpochs } = previewCounts(preview);
  const rows = trials.map(({ trial, fate }) => ({ ...trial, fate, epochs: plannedEpochs(trial) }));
  return `${
    JSON.stringify({
      format: 1,
      experiment: experiment.name,
      points,
      repeats: experiment.repeats,
      ...experiment.data.folds === undefined ? {} : { folds: experiment.data.folds },
      counts,
      epochs,
      ...experiment.search === undefined
        ? {}
        : { search: { ...experiment.search, brackets, epochs: searchEpochs } },
      ...{ workers, expectedMs, timed, memory, availableBytes },
      ...{ groups, skipped, duplicates },
      trials: rows,
    })
  }\n`;
}
