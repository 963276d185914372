import type { MetricName } from "../../core/facts/metric.ts";
import type { Point } from "../../experiment/trial/trial.ts";
import type { TrialResult } from "../summary/summary.ts";
import type { AccuracyDrop } from "./accuracy_drops.ts";
import { type Gate, resolveGate } from "./gate.ts";

/** How the results of an experiment differ from its baseline: a plain JSON value. */
export interface Comparison {
  readonly experiment: string;
  /** The experiment file as given by the user; null if there is none. */
  readonly file: string | null;
  /** Why nothing could be compared, or null. */
  readonly problem: ComparisonProblem | null;
  /** The fields of the declaration that changed. */
  readonly changes: readonly FieldChange[];
  /** What the check accepts. */
  readonly gate: Gate;
  /** The points at which an accuracy changed, judged by their means, in grid order. */
  readonly points: readonly PointComparison[];
  /** Trials of the grid in its order, then those that are no longer in it. */
  readonly trials: readonly TrialComparison[];
  readonly winner: WinnerComparison | null;
  /** The winner's nets together; only where the experiment has an ensemble and both winners are the same point. */
  readonly ensemble?: EnsembleComparison;
  /** What was left out, with the reasons. Default: nothing. */
  readonly unchecked?: readonly Unchecked[];
  /** Trials that were not trained, since the same code had trained them before. Default: 0. */
  readonly trusted?: number;
  /** The changed accuracies and what chance may do, where the tolerance is "auto". */
  readonly drops?: readonly AccuracyDrop[];
}

/** Returns the comparison of an experiment whose results could not be compared. */
export function problemComparison(
  { experiment, file, gate = resolveGate() }: ProblemSubject,
  problem: ComparisonProblem,
): Comparison {
  return { experiment, file, problem, changes: [], gate, points: [], trials: [], winner: null };
}

/** Returns whether a trial or the ensemble differs from the baseline. */
export function hasDifferences({ trials, ensemble }: Pick<Comparison, "trials" | "ensemble">): boolean {
  return trials.some(({ verdict }) => verdict !== "same") || (ensemble?.verdict ?? "same") !== "same";
}

/** What a check left out. */
export interface Unchecked {
  /** Trials; null for the whole experiment. */
  readonly trials: number | null;
  readonly cause: "sample" | "time" | "unchanged";
  /** Completes "not checked: ...". */
  readonly reason: string;
}

/** Returns the comparison of an experiment of which nothing was checked. */
export function uncheckedComparison(
  { experiment, file, gate = resolveGate() }: ProblemSubject,
  unchecked: Unchecked,
): Comparison {
  const nothing = { changes: [], points: [], trials: [], winner: null };
  return { experiment, file, problem: null, gate, ...nothing, unchecked: [unchecked] };
}

/** An experiment whose results could not be compared. */
export interface ProblemSubject extends Pick<Comparison, "experiment" | "file"> {
  /** Default: that of an experiment that declares none. */
  readonly gate?: Gate;
}

/** The reason why two results could not be compared. */
export interface ComparisonProblem {
  readonly verdict: "new" | "obsolete" | "damaged" | "incomplete" | "contradiction";
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

/** The means of an accuracy, or of the metric that decides, over the repeats of a point. */
export interface MeanChange {
  readonly before: number;
  readonly after: number;
}

/** A point at which a judged accuracy changed. */
export interface PointComparison {
  readonly point: Point;
  readonly verdict: Extract<Verdict, "regression" | "suspicious" | "improved" | "within">;
  /** Trials that both sides have, at least 1: repeats, or folds of each. */
  readonly repeats: number;
  /** The number of folds, if there are folds. */
  readonly folds?: number;
  /** Null if it is not judged. */
  readonly validation: MeanChange | null;
  /** Null if it is not judged, or not known on both sides: only a winner has one. */
  readonly test: MeanChange | null;
  /** Only of the points that changed most. */
  readonly curves?: PointCurves;
}

/** The mean of the metric that decides over repeats by epoch, from epoch 0. */
export interface PointCurves {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** The ensemble of the winning point on both sides. */
export interface EnsembleComparison {
  readonly verdict: PointComparison["verdict"] | "same" | "bits" | "new" | "incomplete";
  readonly point: Point;
  /** Its accuracy on the test split, or the metric that decides. */
  readonly test: BothMeans;
}

/** How a trial differs from the baseline. Where an accuracy changed, the mean of its point decides. */
export type Verdict =
  /** Every value is the same. */
  | "same"
  /** The accuracies are the same, other bits are not. */
  | "bits"
  /** An accuracy changed, and no loss is beyond the tolerance, or chance. */
  | "within"
  /** An accuracy is better, none is worse. */
  | "improved"
  /** An accuracy is worse by more than the tolerance, or than chance. */
  | "regression"
  /** An accuracy is better by more than is plausible. */
  | "suspicious"
  /** It diverged, unlike before. */
  | "diverged"
  /** It failed. */
  | "failed"
  /** The baseline has no result of it. */
  | "new"
  /** The baseline has it, the grid no longer. */
  | "obsolete"
  /** It has not ended. */
  | "incomplete";

/** A trial on both sides. */
export interface TrialComparison {
  readonly verdict: Verdict;
  readonly point: Point;
  readonly repeat: number;
  readonly fold?: number;
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

/** The winners' means; fractions, null of numbers. */
export interface WinnerComparison {
  readonly point: Point;
  readonly baselinePoint: Point;
  readonly validationAccuracy: number | null;
  readonly baselineValidationAccuracy: number | null;
  readonly testAccuracy: number | null;
  readonly baselineTestAccuracy: number | null;
  /** Of its nets together; only with an ensemble. */
  readonly ensembleTestAccuracy?: number;
  /** Means of the metric that decides, where that is not the accuracy. */
  readonly selected?: SelectedChange;
}

/** How the means of a metric changed. */
export interface SelectedChange {
  readonly metric: MetricName;
  readonly validation: BothMeans;
  readonly test: BothMeans;
}

/** The means of both sides; null where one is not known. */
export interface BothMeans {
  readonly before: number | null;
  readonly after: number | null;
}
