import type { MetricName } from "../../core/facts/metric.ts";
import type { DataSpec } from "../../data/base/data_spec.ts";
import type { ModelSpec } from "../../nn/net/model_spec.ts";
import type { MetricsSpec } from "../../nn/training/metrics/resolve_metrics.ts";
import type { SolverSpec } from "../../nn/training/solver_spec.ts";
import type { AxisValue } from "../trial/trial.ts";
import type { Axes, ValueOf } from "./axis_label.ts";
import type { GateSpec } from "./gate_spec.ts";
import type { PointSet } from "./point_set.ts";
import type { Search } from "./search.ts";
import type { Skip } from "./skip.ts";

/** The axes as plain data: what stands for each value. */
export type LabelledAxes = Readonly<Record<string, readonly AxisValue[]>>;

/** What the function `trial` gets: a value of each axis. */
export type PointOf<A extends Axes> = { readonly [K in keyof A]: ValueOf<A[K][number]> };

/** The part of an experiment file that is plain data: everything except the `trial` function. */
export interface ExperimentFacts {
  /** Also the name of its folder in `results/`: lower-case letters, digits and underscores. */
  readonly name: string;
  /** The question that the experiment answers; it is at the top of the report. */
  readonly question: string;
  /**
   * What its author concludes from the results; the report shows it under the computed answer. It decides no result, and
   * takes no part in an id. Default: none.
   */
  readonly conclusion?: string;
  /** What `check` accepts; it decides no result, and takes no part in an id. Default: any changed bit fails. */
  readonly gate?: GateSpec;
  /** What is measured on validation besides the accuracy; the selected metric is among them. Default: nothing. */
  readonly metrics?: readonly MetricName[];
  /** The metric that chooses epochs and the winner. Default: "validationAccuracy". */
  readonly select?: MetricName;
  /** Root of every random stream, a whole number from 0. */
  readonly seed: number;
  /** The number of runs of each point, each with its own random streams, at least 1. Default: 1. */
  readonly repeats: number;
  /**
   * Whether all nets of the winning point, of every repeat and fold, are also measured together on the test split, by the
   * mean of their softmax probabilities. It chooses nothing, and takes no part in a trial's id. Default: false.
   */
  readonly ensemble?: true;
  /** The data that the trials train and are measured on; where they differ by point, those of the first point that runs. */
  readonly data: DataSpec;
  /** Every data set of the points, in the order of their first use; omitted if all points have the same data. */
  readonly datasets?: readonly DataSpec[];
  /** How the points share the epochs. Default: every trial runs to its end. */
  readonly search?: Search;
  /** The axes, and the values that points have of each; lists and objects by their labels. */
  readonly grid: LabelledAxes;
}

/** Returns every data set of an experiment, in the order of their first use. */
export function dataOf(
  { data, datasets = [data] }: Pick<ExperimentFacts, "data" | "datasets">,
): readonly DataSpec[] {
  return datasets;
}

/** The data of every point, or a function of a point that returns its data. */
export type PointData<P> = DataSpec | ((point: P) => DataSpec);

/** The declaration of an experiment file, made by {@link defineExperiment} and deeply frozen. */
export interface Experiment<A extends Axes = LabelledAxes, D extends PointData<PointOf<A>> = DataSpec>
  extends Omit<ExperimentFacts, "data" | "datasets" | "grid"> {
  /** The data of every point, or a function of a point that returns its data; called during expansion only. */
  readonly data: D;
  /** The axes; none where `points` declares them. */
  readonly grid: A;
  /** The points. Default: every combination of the axes. */
  readonly points?: PointSet;
  /** Turns a point into a model and a solver, or skips it; called during expansion only. */
  readonly trial: (point: PointOf<A>) => TrialSettings | Skip;
}

/** An experiment whose points may have data of their own. */
export type AnyExperiment<A extends Axes = Axes> = Experiment<A, PointData<PointOf<A>>>;

/** The result of an experiment's `trial` function. */
export interface TrialSettings {
  /** The net. */
  readonly model: ModelSpec;
  /** The settings of its training; what is measured is declared by the experiment. */
  readonly solver: Omit<SolverSpec, keyof MetricsSpec>;
}
