import type { LastRun } from "./last_run.ts";

/**
 * The state of an experiment:
 *
 * - `committed`: its results are of what its file declares now, and git has them as they are.
 * - `here`: its results are here, and git does not have them, or has others.
 * - `edited since`: its results are of another declaration, other data or another numerics version.
 * - `running`, `killed`: a run is in progress, or was killed before every trial had ended.
 * - `not run`: no result is here.
 */
export type ExperimentState = "committed" | "here" | "edited since" | "running" | "killed" | "not run";

/** What the state of an experiment follows from. */
export interface StateFacts {
  /** Digest of what the experiment file declares now; null if it is not known: then results count as being of it. */
  readonly declared: string | null;
  /** Digest of what was declared for the results here, by their summary or else their journal; null if there are none. */
  readonly ofResults: string | null;
  /** Whether git has the files of results as they are. */
  readonly isInGit: boolean;
  readonly lastRun: LastRun;
  /** Whether every trial has ended. */
  readonly isWhole: boolean;
}

/** Returns the state of an experiment. */
export function experimentState(
  { declared, ofResults, isInGit, lastRun, isWhole }: StateFacts,
): ExperimentState {
  if (lastRun === "running") return "running";
  // A run that was killed after its last trial left nothing to do, and the next one writes no activity.
  if (lastRun === "killed" && !isWhole) return "killed";
  if (ofResults === null) return "not run";
  if (declared !== null && declared !== ofResults) return "edited since";
  return isInGit ? "committed" : "here";
}
