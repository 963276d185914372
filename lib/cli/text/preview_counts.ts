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
  readonly counts: { readonly runs: number; readonly hasResult: number; readonly leftOut: number };
  /** The most epochs that the trials that run train for. */
  readonly epochs: number;
}

/** Returns how many points, trials and epochs a dry run has. */
export function previewCounts({ trials, skipped, duplicates }: Preview): PreviewCounts {
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
      leftOut: withFate("left out").length,
    },
    epochs: running.reduce((sum, { trial }) => sum + plannedEpochs(trial), 0),
  };
}
