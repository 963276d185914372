import type { DataSpec } from "../../data/base/data_spec.ts";
import type { ModelSpec } from "../../nn/net/model_spec.ts";
import type { SolverSpec } from "../../nn/training/solver_spec.ts";
import type { AxisValue } from "../trial/trial.ts";

/** The axes of a grid: a list of values for each name. */
export type Axes = Readonly<Record<string, readonly AxisValue[]>>;

/** What an experiment file declares as plain data: all of it but the `trial` function. */
export interface ExperimentFacts<A extends Axes = Axes> {
  /** Also the name of its folder in `results/`: lower-case letters, digits and underscores. */
  readonly name: string;
  /** The question that the experiment answers; stands at the top of the report. */
  readonly question: string;
  /** Root of every random stream, a whole number from 0. */
  readonly seed: number;
  /** How often each point is run with streams of its own, at least 1. Default: 1. */
  readonly repeats: number;
  /** What the trials train and are measured on. */
  readonly data: DataSpec;
  /** The axes. */
  readonly grid: A;
}

/** What an experiment file declares; made by {@link defineExperiment}, deeply frozen. */
export interface Experiment<A extends Axes = Axes> extends ExperimentFacts<A> {
  /** Turns a point of the grid into a model and a solver; called during expansion only. */
  readonly trial: (point: { readonly [K in keyof A]: A[K][number] }) => TrialSettings;
}

/** What the `trial` function of an experiment returns. */
export interface TrialSettings {
  /** The net. */
  readonly model: ModelSpec;
  /** How it is trained. */
  readonly solver: SolverSpec;
}
