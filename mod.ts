/**
 * Seedbed: reproducible experiments on Deno. Same seed, same bits: on any machine, any JavaScript engine, any number of
 * workers.
 *
 * @module
 */
export type { DType } from "./lib/core/numbers/dtype.ts";
export { InputError } from "./lib/core/check/errors.ts";
export type { KernelKind } from "./lib/core/facts/kernel_kind.ts";
export { type Matrix, matrix } from "./lib/core/numbers/matrix.ts";
export { NUMERICS_VERSION } from "./lib/core/facts/numerics_version.ts";
export type { Warning } from "./lib/core/check/warning.ts";
export { blobs, type BlobsFields } from "./lib/data/blobs.ts";
export { cifar10 } from "./lib/data/official/cifar10.ts";
export { csvDataset, type CsvDatasetFields } from "./lib/data/table/csv_dataset.ts";
export type * from "./lib/data/base/data_spec.ts";
export type * from "./lib/data/base/dataset.ts";
export { mnist } from "./lib/data/official/mnist.ts";
export { loadDataset, type LoadOptions } from "./lib/data/load_dataset.ts";
export type { DataProgress } from "./lib/data/official/make_decoded.ts";
export {
  defineExperiment,
  type ExperimentDeclaration,
} from "./lib/experiment/declaration/define_experiment.ts";
export { type EvaluateOptions, evaluateTrial } from "./lib/experiment/trial/evaluate_trial.ts";
export { expandGrid } from "./lib/experiment/points/expand_grid.ts";
export {
  type Declaration,
  type ExpandOptions,
  expandPoints,
  type PointSettings,
} from "./lib/experiment/points/expand_points.ts";
export type {
  Axes,
  Experiment,
  ExperimentFacts,
  TrialSettings,
} from "./lib/experiment/declaration/experiment.ts";
export type { DuplicatePoint, Grid } from "./lib/experiment/declaration/grid.ts";
export {
  runTrial,
  type RunTrialOptions,
  type TrialSetting,
  type TrialStep,
} from "./lib/experiment/trial/run_trial.ts";
export type { AxisValue, Point, Trial } from "./lib/experiment/trial/trial.ts";
export type * from "./lib/experiment/trial/trial_event.ts";
export type { Checkpoint } from "./lib/nn/training/checkpoint.ts";
export { DivergedError } from "./lib/nn/training/diverged_error.ts";
export {
  FullyConnectedNet,
  type FullyConnectedNetOptions,
  type LossAndGradients,
} from "./lib/nn/net/fully_connected_net.ts";
export {
  gradientCheck,
  type GradientCheckOptions,
  type GradientCheckResult,
} from "./lib/nn/net/gradient_check.ts";
export type { Parameter } from "./lib/nn/layers/layer.ts";
export type { ModelSpec, Normalization } from "./lib/nn/net/model_spec.ts";
export type { NamedTensor } from "./lib/nn/net/named_tensor.ts";
export type * from "./lib/nn/training/optimizer_spec.ts";
export { type EpochRecord, Solver, type SolverOptions } from "./lib/nn/training/solver.ts";
export type { SolverResult } from "./lib/nn/training/solver_result.ts";
export type { SolverSpec } from "./lib/nn/training/solver_spec.ts";
