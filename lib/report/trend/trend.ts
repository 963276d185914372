import type { MetricName } from "../../core/facts/metric.ts";
import type { Point } from "../../experiment/trial/trial.ts";
import type { Summary } from "../summary/summary.ts";

/** The results of an experiment as a commit, or the working tree, has them. */
export interface PastResults {
  /** Short hash of the commit; null for what is not committed. */
  readonly revision: string | null;
  /** Day of the commit, as `2026-01-31`; null for what is not committed. */
  readonly date: string | null;
  readonly subject: string;
  /** Null if there is none, or it cannot be read. */
  readonly summary: Summary | null;
  /** Why the summary cannot be read; null if it can, or there is none. */
  readonly problem: string | null;
  /** The text of `CHANGES.md`; null without one. */
  readonly changes: string | null;
  /** Whether the summary has the bytes of that of the commit before, or both have none. */
  readonly isSameFile: boolean;
}

/** A trial that a trend follows: by its id, else by its point and repeat. */
export interface FollowedTrial {
  /** Its id in the newest results that have it. */
  readonly id: string;
  readonly point: Point;
  readonly repeat: number;
  readonly fold?: number;
}

/** How the committed results of an experiment moved; a plain JSON value. */
export interface Trend {
  /** The name of the experiment. */
  readonly experiment: string;
  readonly followed: readonly FollowedTrial[];
  /** The metric that decides in the newest results, whose values the rows have. */
  readonly metric: MetricName;
  /** Oldest first, a commit always after those that it followed; at least one. */
  readonly rows: readonly TrendRow[];
}

/** The results of an experiment at a commit, and how they differ from those of the commit before. */
export interface TrendRow extends Pick<PastResults, "revision" | "date" | "subject" | "problem"> {
  /** Whether the summary was read, is damaged, or is not there. */
  readonly state: "read" | "damaged" | "absent";
  /** Null if there is none. */
  readonly winner: TrendWinner | null;
  /** Mean over the points of their means of the metric; null if no point has one. */
  readonly mean: number | null;
  /** One a followed trial, in their order. */
  readonly trials: readonly TrendTrial[];
  /** How it differs from the last results before it that were read; null if there are none, or these are not. */
  readonly change: TrendChange | null;
  /** The reasons that were added to `CHANGES.md`. */
  readonly reasons: readonly string[];
  /** Whether results, declaration, state or reasons differ from those of the commit before; true for the first row. */
  readonly isChanged: boolean;
}

/** The winner of a row; the values of the metric are means over its repeats. */
export interface TrendWinner {
  readonly point: Point;
  /** Null if it was not measured there. */
  readonly validation: number | null;
  /** Null while a trial is pending, or if it was not measured there. */
  readonly test: number | null;
}

/** A followed trial in a row. */
export interface TrendTrial {
  /** Its id there; null if the grid does not have it. */
  readonly trial: string | null;
  /** The value of the metric on validation; null unless it is done. */
  readonly validation: number | null;
}

/** How results differ from earlier ones. A trial is compared with the one of its id, else of its point and repeat. */
export interface TrendChange {
  /** Trials that both have. */
  readonly compared: number;
  /** Of these, those whose status, accuracies, loss, best epoch or weights differ in a bit. */
  readonly bits: number;
  /** Of these, those whose accuracy, or metric that decides, differs on validation or test. */
  readonly accuracies: number;
  /** Trials that only the later results have. */
  readonly added: number;
  /** Trials that only the earlier results have. */
  readonly removed: number;
  /** What was declared otherwise: names of fields, such as `seed` or `grid.rate`. */
  readonly declared: readonly string[];
  readonly isOtherWinner: boolean;
  /** How much the winner's metric rose on validation; null if one side has none. */
  readonly winnerGain: number | null;
  /** How much it rose on the test split, likewise. */
  readonly testGain: number | null;
  /** How much the mean over all points rose, likewise. */
  readonly meanGain: number | null;
}
