import { plannedEpochs } from "../../experiment/trial/planned_epochs.ts";
import { pointKey } from "../../report/summary/rank_points.ts";
import type { Preview } from "../../runner/results/preview_run.ts";

/** How many points, trials and epochs a dry run has. */
export interface PreviewCounts {
  readonly points: {
    readonly declared: number;
    readonly withTrials: number;
    readonly skipped: number;
    /** Points that have the trials of another one. */
    readonly duplicates: number;
  };
  readonly counts: {
    readonly runs: number;
    readonly hasResult: number;
    /** Trials of a search that have reached a rung; omitted without one. */
    readonly waits?: number;
    readonly leftOut: number;
  };
  /** The most epochs that the trials that run train for, of a search to its next rung. */
  readonly epochs: number;
  /** The most epochs of the whole search, from its start; omitted without one. */
  readonly searchEpochs?: number;
}

/** Returns how many points, trials and epochs a dry run has. */
export function previewCounts({ trials, skipped, duplicates, brackets }: Preview): PreviewCounts {
  const withTrials = new Set(trials.map(({ trial }) => pointKey(trial.point))).size;
  const withFate = (fate: Preview["trials"][number]["fate"]) => trials.filter((row) => row.fate === fate);
  const running = withFate("runs");
  return {
    points: {
      declared: withTrials + skipped.length + duplicates.length,
      withTrials,
      skipped: skipped.length,
      duplicates: duplicates.length,
    },
    counts: {
      runs: running.length,
      hasResult: withFate("has a result").length,
      ...brackets.length === 0 ? {} : { waits: withFate("waits").length },
      leftOut: withFate("left out").length,
    },
    epochs: running.reduce((sum, { trial }) => sum + plannedEpochs(trial), 0),
    ...brackets.length === 0 ? {} : { searchEpochs: epochsOf(brackets) * (trials.length / withTrials) },
  };
}

/** Returns the epochs of a search with one trial for each point. */
function epochsOf(brackets: Preview["brackets"]): number {
  return brackets.reduce(
    (sum, { epochs, points }) =>
      sum + points.reduce((own, count, rung) => own + count * (epochs[rung] - (epochs[rung - 1] ?? 0)), 0),
    0,
  );
}
