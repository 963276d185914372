import type { Trial } from "../trial/trial.ts";

/** The most trials of an experiment: a run holds all of them in memory, about 4 kB each. */
export const MOST_TRIALS = 100_000;

/** An expanded grid: the trials in grid order (last axis fastest, then repeats), each once. */
export interface Grid {
  /** In grid order, each once. */
  readonly trials: readonly Trial[];
  /** Points whose trials equal those of an earlier point; they run once. */
  readonly duplicates: readonly DuplicatePoint[];
  /** Points that are not run. */
  readonly skipped: readonly SkippedPoint[];
}

/** A point that the function `trial` skips. */
export interface SkippedPoint {
  /** Its values by axis. */
  readonly point: Trial["point"];
  /** Why, in the words of the experiment. */
  readonly reason: string;
}

/** A point whose trials are those of an earlier point. */
export interface DuplicatePoint {
  /** The later point. */
  readonly point: Trial["point"];
  /** The earlier point, under which the trials run. */
  readonly sameAs: Trial["point"];
}
