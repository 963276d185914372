import type { Point } from "../../experiment/trial/trial.ts";
import type { TrialResult } from "../summary/summary.ts";
import type { AccuracyDrop } from "./accuracy_drops.ts";

/** How the results of an experiment differ from its baseline: a plain JSON value. */
export interface Comparison {
  readonly experiment: string;
  /** The experiment file as given by the user; null if there is none. */
  readonly file: string | null;
  /** Why nothing could be compared, or null. */
  readonly problem: ComparisonProblem | null;
  /** The fields of the declaration that changed. */
  readonly changes: readonly FieldChange[];
  /** Trials of the grid in its order, then those that are no longer in it. */
  readonly trials: readonly TrialComparison[];
  readonly winner: WinnerComparison | null;
  /** The changed accuracies and what chance may do, where the tolerance is "auto". */
  readonly drops?: readonly AccuracyDrop[];
}

/** Returns the comparison of an experiment whose results could not be compared. */
export function problemComparison(
  { experiment, file }: Pick<Comparison, "experiment" | "file">,
  problem: ComparisonProblem,
): Comparison {
  return { experiment, file, problem, changes: [], trials: [], winner: null };
}

/** The reason why two results could not be compared. */
export interface ComparisonProblem {
  readonly verdict: "missing" | "obsolete" | "damaged" | "incomplete" | "contradiction";
  /** A whole sentence, with the remedy. */
  readonly message: string;
}

/** A field and its values as text; null if there is none. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Why it changed, if known: a sentence without its full stop. */
  readonly reason?: string;
}

/** How a trial differs from the baseline. */
export type Verdict =
  /** Every value is the same. */
  | "same"
  /** An accuracy is worse by more than the tolerance, or than chance. */
  | "regression"
  /** An accuracy is better by more than is plausible. */
  | "suspicious"
  /** The accuracies are the same, other bits are not. */
  | "bits"
  /** It diverged, unlike before. */
  | "diverged"
  /** It failed. */
  | "failed"
  /** The baseline has no result of it. */
  | "missing"
  /** The baseline has it, the grid no longer. */
  | "obsolete"
  /** It has not ended. */
  | "incomplete";

/** A trial on both sides. */
export interface TrialComparison {
  readonly verdict: Verdict;
  readonly point: Point;
  readonly repeat: number;
  readonly baseline: TrialResult | null;
  readonly current: TrialResult | null;
  /** Where the runs first differ; null if they do not, or there is nothing to compare. */
  readonly parting: Parting | null;
}

/** The first epoch whose row of `history.csv` differs. */
export interface Parting {
  readonly epoch: number;
  /** The columns that differ. */
  readonly fields: readonly FieldChange[];
  /** The first epoch whose weights differ; null if all are the same. */
  readonly weightsEpoch: number | null;
}

/** The winners' means; fractions. */
export interface WinnerComparison {
  readonly point: Point;
  readonly baselinePoint: Point;
  readonly validationAccuracy: number;
  readonly baselineValidationAccuracy: number;
  readonly testAccuracy: number | null;
  readonly baselineTestAccuracy: number | null;
}
