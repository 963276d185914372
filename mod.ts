/**
 * Seedbed: reproducible experiments on Deno. Same seed, same bits: on any machine, any JavaScript engine, any number of
 * workers.
 *
 * @module
 */
export type { DType } from "./lib/core/dtype.ts";
export { InputError } from "./lib/core/errors.ts";
export type { KernelKind } from "./lib/core/kernel_kind.ts";
export { type Matrix, matrix } from "./lib/core/matrix.ts";
export { NUMERICS_VERSION } from "./lib/core/numerics_version.ts";
export type { Warning } from "./lib/core/warning.ts";
export { blobs, type BlobsFields } from "./lib/data/blobs.ts";
export { cifar10 } from "./lib/data/cifar10.ts";
export { csvDataset, type CsvDatasetFields } from "./lib/data/csv_dataset.ts";
export type * from "./lib/data/data_spec.ts";
export type * from "./lib/data/dataset.ts";
export { mnist } from "./lib/data/mnist.ts";
export { loadDataset, type LoadOptions } from "./lib/data/load_dataset.ts";
export type { DataProgress } from "./lib/data/make_decoded.ts";
export { defineExperiment, type ExperimentDeclaration } from "./lib/experiment/define_experiment.ts";
export { type EvaluateOptions, evaluateTrial } from "./lib/experiment/evaluate_trial.ts";
export { expandGrid } from "./lib/experiment/expand_grid.ts";
export {
  type Declaration,
  type ExpandOptions,
  expandPoints,
  type PointSettings,
} from "./lib/experiment/expand_points.ts";
export type { Axes, Experiment, ExperimentFacts, TrialSettings } from "./lib/experiment/experiment.ts";
export type { DuplicatePoint, Grid } from "./lib/experiment/grid.ts";
export {
  runTrial,
  type RunTrialOptions,
  type TrialSetting,
  type TrialStep,
} from "./lib/experiment/run_trial.ts";
export type { AxisValue, Point, Trial } from "./lib/experiment/trial.ts";
export type * from "./lib/experiment/trial_event.ts";
export type { Checkpoint } from "./lib/nn/checkpoint.ts";
export { DivergedError } from "./lib/nn/diverged_error.ts";
export {
  FullyConnectedNet,
  type FullyConnectedNetOptions,
  type LossAndGradients,
} from "./lib/nn/fully_connected_net.ts";
export {
  gradientCheck,
  type GradientCheckOptions,
  type GradientCheckResult,
} from "./lib/nn/gradient_check.ts";
export type { Parameter } from "./lib/nn/layers/layer.ts";
export type { ModelSpec, Normalization } from "./lib/nn/model_spec.ts";
export type { NamedTensor } from "./lib/nn/named_tensor.ts";
export type * from "./lib/nn/optimizer_spec.ts";
export { type EpochRecord, Solver, type SolverOptions, type SolverResult } from "./lib/nn/solver.ts";
export type { SolverSpec } from "./lib/nn/solver_spec.ts";
