import type { Trial } from "./trial.ts";

/** An expanded grid: the trials in grid order (last axis fastest, then repeats), each once. */
export interface Grid {
  readonly trials: readonly Trial[];
  /** Points that expanded to a trial that another point had already given; they run once. */
  readonly duplicates: readonly DuplicatePoint[];
}

/** A point whose trials are those of an earlier point. */
export interface DuplicatePoint {
  readonly point: Trial["point"];
  readonly sameAs: Trial["point"];
}
