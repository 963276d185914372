import type { Warning } from "../../core/check/warning.ts";
import type { MetricName, MetricValues, TestMetricName, TestMetricValues } from "../../core/facts/metric.ts";
import type { ExperimentFacts } from "../../experiment/declaration/experiment.ts";
import type { DuplicatePoint, SkippedPoint } from "../../experiment/declaration/grid.ts";
import type { DatasetFacts } from "../../experiment/trial/dataset_facts.ts";
import type { Point, Trial } from "../../experiment/trial/trial.ts";

export type { ExperimentFacts };

/** The results of an experiment: a plain JSON value, the content of `summary.json`. */
export interface Summary {
  /**
   * Version of this format: 2 if there are warnings, skipped points, several data sets, tables, a search, metrics besides the
   * accuracy, folds, an ensemble, or points without some of the axes, which format 1 cannot express.
   */
  readonly format: 1 | 2;
  readonly experiment: ExperimentFacts;
  /** SHA-256 of all that determines the experiment's results. */
  readonly experimentDigest: string;
  /** SHA-256 of the data set. */
  readonly dataDigest: string;
  readonly numericsVersion: number;
  /** Fields of the experiment file that the command line overrode, `path=value` each. */
  readonly overrides: readonly string[];
  readonly counts: Counts;
  /** The best point among those whose trials are all done; null while there is none. */
  readonly winner: Winner | null;
  /** In grid order. */
  readonly points: readonly PointResult[];
  /** In grid order. */
  readonly trials: readonly TrialResult[];
  readonly duplicates: readonly DuplicatePoint[];
  /** The points that are not run; omitted if there are none. */
  readonly skipped?: readonly SkippedPoint[];
  /** Warnings for readers of the results; omitted if there are none. */
  readonly warnings?: readonly Warning[];
  /** What is known of the tables among the data sets, with all that was learned of them; omitted if there are none. */
  readonly datasets?: readonly DatasetFacts[];
}

/** The number of points and trials of the grid, and of trials by status. */
export interface Counts {
  readonly points: number;
  readonly trials: number;
  readonly done: number;
  readonly diverged: number;
  readonly failed: number;
  readonly pending: number;
  /** Only of a search. */
  readonly stopped?: number;
}

/** How a trial ended; a stopped one did not go on in its search, a pending one has not ended yet. */
export type Status = "done" | "stopped" | "diverged" | "failed" | "pending";

/** The result of one trial; missing values are null. */
export interface TrialResult {
  readonly trial: string;
  readonly point: Point;
  readonly repeat: number;
  /** The fold that it was validated on; only where the data have folds. */
  readonly fold?: number;
  readonly status: Status;
  /** The first epoch with the best validation accuracy, or with the best value of the selected metric. */
  readonly bestEpoch: number | null;
  /** Accuracy on the validation split at that epoch, a fraction; null of numbers. */
  readonly bestValidationAccuracy: number | null;
  /** A fraction, after the last epoch; null of numbers. */
  readonly trainAccuracy: number | null;
  /** RMSE of training rows after the last epoch; only of numbers. */
  readonly trainRmse?: number;
  /** Mean training loss of the last epoch. */
  readonly loss: number | null;
  /** A fraction; only the winner has one, and not of numbers. With folds its trials of fold 0 have that of the nets of all folds together. */
  readonly testAccuracy: number | null;
  /** SHA-256 of the best epoch's weights. */
  readonly weightsSha256: string | null;
  /** Why it failed or diverged. */
  readonly reason: string | null;
  /** The epoch after which its search stopped it; omitted for others. */
  readonly stoppedAfter?: number;
  /** The further metrics at the best epoch; only where some are declared, and the trial is done or stopped. */
  readonly bestMetrics?: MetricValues;
  /** The further metrics on the test split; only where some are declared, and for the winner. */
  readonly testMetrics?: TestMetricValues;
}

/** The result of a point over its repeats and folds. */
export interface PointResult {
  readonly point: Point;
  /** Trials that are done, one per repeat and fold; only a point with all of them can win. */
  readonly done: number;
  /** Validation accuracy at the best epoch over the trials that are done, or were stopped; null if there is none, and of numbers. */
  readonly validationAccuracy: Spread | null;
  /** The further metrics, likewise; only where some are declared, and a trial has a result. */
  readonly metrics?: MetricSpreads;
  /** The epoch after which its search stopped it; omitted for others. */
  readonly stoppedAfter?: number;
}

/** Values over repeats and folds by the names of their metrics. */
export type MetricSpreads = { readonly [Name in MetricName]?: Spread };

/** A value over repeats, or over the folds of each. */
export interface Spread {
  readonly mean: number;
  /** Sample standard deviation (n - 1); null for a single value. */
  readonly standardDeviation: number | null;
  /** One value per repeat, in order, or one per fold of each. */
  readonly values: readonly number[];
  /** The number of folds, if the values are of folds. */
  readonly folds?: number;
}

/** The winning point, chosen by the validation split only. */
export interface Winner {
  readonly point: Point;
  /** Ids of its trials, one per repeat, or one per fold of each. */
  readonly trials: readonly string[];
  /** Model and solver; missing only where an experiment is watched whose settings are not known. */
  readonly model?: Trial["model"];
  readonly solver?: Trial["solver"];
  /** Its data; only where the points differ in their data. */
  readonly data?: Trial["data"];
  /** Null of numbers. */
  readonly validationAccuracy: Spread | null;
  /** One value per repeat; null until every trial of the grid has ended: the test split is used once. Null of numbers. */
  readonly testAccuracy: Spread | null;
  /** The further metrics on the validation split; only where some are declared. */
  readonly metrics?: MetricSpreads;
  /** The further metrics on the test split; only where some are declared, and once it is evaluated. */
  readonly testMetrics?: { readonly [Name in TestMetricName]?: Spread };
  /** Its trials together on the test split; only of an experiment with an ensemble, and with a test accuracy. */
  readonly ensemble?: EnsembleResult;
}

/** What several nets have together on the test split, by the mean of their probabilities, or of their numbers. */
export interface EnsembleResult {
  /** A fraction; null of numbers. */
  readonly testAccuracy: number | null;
  /** The further metrics on the test split; only where some are declared. */
  readonly testMetrics?: TestMetricValues;
}
