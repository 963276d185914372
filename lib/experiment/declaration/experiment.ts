import type { DataSpec } from "../../data/base/data_spec.ts";
import type { ModelSpec } from "../../nn/net/model_spec.ts";
import type { SolverSpec } from "../../nn/training/solver_spec.ts";
import type { AxisValue } from "../trial/trial.ts";
import type { GateSpec } from "./gate_spec.ts";

/** The axes of a grid: a list of values for each name. */
export type Axes = Readonly<Record<string, readonly AxisValue[]>>;

/** The part of an experiment file that is plain data: everything except the `trial` function. */
export interface ExperimentFacts<A extends Axes = Axes> {
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
  /** Root of every random stream, a whole number from 0. */
  readonly seed: number;
  /** The number of runs of each point, each with its own random streams, at least 1. Default: 1. */
  readonly repeats: number;
  /** The data that the trials train and are measured on. */
  readonly data: DataSpec;
  /** The axes. */
  readonly grid: A;
}

/** The declaration of an experiment file, made by {@link defineExperiment} and deeply frozen. */
export interface Experiment<A extends Axes = Axes> extends ExperimentFacts<A> {
  /** Turns a point of the grid into a model and a solver; called during expansion only. */
  readonly trial: (point: { readonly [K in keyof A]: A[K][number] }) => TrialSettings;
}

/** The result of an experiment's `trial` function. */
export interface TrialSettings {
  /** The net. */
  readonly model: ModelSpec;
  /** The settings of its training. */
  readonly solver: SolverSpec;
}
