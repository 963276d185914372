import type { Warning } from "../../core/check/warning.ts";
import type { ExperimentFacts } from "../../experiment/declaration/experiment.ts";
import type { DuplicatePoint } from "../../experiment/declaration/grid.ts";
import type { Point, Trial } from "../../experiment/trial/trial.ts";

export type { ExperimentFacts };

/** All that an experiment found out: a plain JSON value, the content of `summary.json`. */
export interface Summary {
  /** Version of this format: 2 where there are warnings, which 1 cannot say. */
  readonly format: 1 | 2;
  readonly experiment: ExperimentFacts;
  /** SHA-256 of all that decides the experiment's results. */
  readonly experimentDigest: string;
  /** SHA-256 of the data set. */
  readonly dataDigest: string;
  readonly numericsVersion: number;
  /** Fields that the command line set over those of the experiment file, `path=value` each. */
  readonly overrides: readonly string[];
  readonly counts: Counts;
  /** The best point among those whose repeats are all done; null while there is none. */
  readonly winner: Winner | null;
  /** In grid order. */
  readonly points: readonly PointResult[];
  /** In grid order. */
  readonly trials: readonly TrialResult[];
  readonly duplicates: readonly DuplicatePoint[];
  /** What a reader of the results should know; left out where there is nothing. */
  readonly warnings?: readonly Warning[];
}

/** How many points and trials the grid has, and the trials by status. */
export interface Counts {
  readonly points: number;
  readonly trials: number;
  readonly done: number;
  readonly diverged: number;
  readonly failed: number;
  readonly pending: number;
}

/** How far a trial came; pending has not ended yet. */
export type Status = "done" | "diverged" | "failed" | "pending";

/** The result of one trial; what it has not got is null. */
export interface TrialResult {
  readonly trial: string;
  readonly point: Point;
  readonly repeat: number;
  readonly status: Status;
  /** The first epoch with the best validation accuracy. */
  readonly bestEpoch: number | null;
  /** A fraction. */
  readonly bestValidationAccuracy: number | null;
  /** A fraction, after the last epoch. */
  readonly trainAccuracy: number | null;
  /** Mean training loss of the last epoch. */
  readonly loss: number | null;
  /** A fraction; only the winner has one. */
  readonly testAccuracy: number | null;
  /** SHA-256 of the best epoch's weights. */
  readonly weightsSha256: string | null;
  /** Why it failed or diverged. */
  readonly reason: string | null;
}

/** The repeats of one point taken together. */
export interface PointResult {
  readonly point: Point;
  /** Repeats that are done; only a point with all of them can win. */
  readonly done: number;
  /** Best validation accuracy over the repeats that are done; null if there is none. */
  readonly validationAccuracy: Spread | null;
}

/** A value over repeats. */
export interface Spread {
  readonly mean: number;
  /** Sample standard deviation (n - 1); null for a single repeat. */
  readonly standardDeviation: number | null;
  /** One value a repeat, in order. */
  readonly values: readonly number[];
}

/** The winning point; chosen by validation accuracy alone. */
export interface Winner {
  readonly point: Point;
  /** Ids of its trials, a repeat each. */
  readonly trials: readonly string[];
  /** Model and solver; missing only where an experiment is watched whose settings are not known. */
  readonly model?: Trial["model"];
  readonly solver?: Trial["solver"];
  readonly validationAccuracy: Spread;
  /** Null until every trial of the grid has ended: the test split is opened once. */
  readonly testAccuracy: Spread | null;
}
