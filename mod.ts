/**
 * Seedbed: reproducible experiments on Deno. Same seed, same bits: on any machine, any JavaScript engine, any number of
 * workers.
 *
 * An experiment file needs two names of this module: {@linkcode defineExperiment} and one that declares data. The
 * command line runs such files. The other names are for programs of your own, from the bottom up:
 *
 * - **Declaring**: {@linkcode defineExperiment}, what it is given, and what it returns.
 * - **Data**: {@linkcode mnist}, {@linkcode cifar10}, {@linkcode table}, {@linkcode csvDataset} and {@linkcode blobs}
 *   declare data; {@linkcode loadDataset} loads them.
 * - **Trials**: {@linkcode expandPoints} and {@linkcode expandGrid} make the trials of an experiment,
 *   {@linkcode runTrial} runs one, {@linkcode evaluateTrial} tests it.
 * - **Nets and training**: {@linkcode FullyConnectedNet}, {@linkcode Solver}, {@linkcode gradientCheck} and
 *   {@linkcode matrix}.
 * - **Errors and versions**: {@linkcode InputError}, {@linkcode DivergedError}, {@linkcode NUMERICS_VERSION}.
 *
 * Shapes stand in brackets, as in `[rows, inputDim]`; accuracies are fractions from 0 to 1; times end in their unit.
 *
 * @example
 * ```ts
 * import { blobs, defineExperiment } from "@seedbed/seedbed";
 *
 * export default defineExperiment({
 *   name: "blobs_width",
 *   question: "How wide a net separates three blobs?",
 *   seed: 231,
 *   data: blobs({ numClasses: 3, inputDim: 2, spread: 0.3, train: 300, validation: 100, test: 100 }),
 *   grid: { width: [4, 16] },
 *   trial: ({ width }) => ({
 *     model: { hiddenDims: [width], weightScale: "he" },
 *     solver: { optimizer: { name: "adam", learningRate: 1e-2 }, batchSize: 50, epochs: 4 },
 *   }),
 * });
 * ```
 *
 * @module
 */

// Declaring: what an experiment file exports by default.
export {
  defineExperiment,
  type ExperimentDeclaration,
  type PointsDeclaration,
} from "./lib/experiment/declaration/define_experiment.ts";
export type {
  AnyExperiment,
  Experiment,
  ExperimentFacts,
  LabelledAxes,
  PointData,
  PointOf,
  TrialSettings,
} from "./lib/experiment/declaration/experiment.ts";

// Data: declaring them, which reads nothing, and loading them.
export { mnist } from "./lib/data/official/mnist.ts";
export { cifar10 } from "./lib/data/official/cifar10.ts";
export { table } from "./lib/data/table/declaration/table.ts";
export type {
  ClassFields,
  CommonFields,
  LabelsFields,
  TableFields,
  TargetFields,
} from "./lib/data/table/declaration/table_fields.ts";
export { csvDataset, type CsvDatasetFields } from "./lib/data/csv/csv_dataset.ts";
export { blobs, type BlobsFields } from "./lib/data/blobs.ts";
export type * from "./lib/data/base/column_spec.ts";
export type * from "./lib/data/base/csv_format.ts";
export type * from "./lib/data/base/table_format.ts";
export type * from "./lib/data/base/preparation.ts";
export type * from "./lib/data/base/raw_column.ts";
export type * from "./lib/data/base/data_spec.ts";
export { loadDataset } from "./lib/data/load_dataset.ts";
export type { DataProgress, LoadOptions } from "./lib/data/base/data_source.ts";
export type * from "./lib/data/base/dataset.ts";
export type * from "./lib/data/base/targets.ts";
export { product } from "./lib/experiment/points/product.ts";
export { zip } from "./lib/experiment/points/zip.ts";
export { union } from "./lib/experiment/points/union.ts";
export {
  type Distributions,
  sample,
  type SampledPoint,
  type SampleMethod,
  type SampleOptions,
} from "./lib/experiment/points/sample.ts";
export {
  choice,
  type Distribution,
  integers,
  logUniform,
  uniform,
} from "./lib/experiment/declaration/distribution.ts";
export { type Skip, skip } from "./lib/experiment/declaration/skip.ts";
export {
  type Bracket,
  bracketsOf,
  halving,
  hyperband,
  type Search,
  type SearchFields,
} from "./lib/experiment/declaration/search.ts";
export type {
  EitherPoint,
  JoinedPoint,
  PointOfPart,
  PointPart,
  PointSet,
} from "./lib/experiment/declaration/point_set.ts";
export { type Labelled, labelled } from "./lib/experiment/declaration/labelled.ts";
export type {
  Axes,
  DeclaredValue,
  StructuredValue,
  ValueOf,
} from "./lib/experiment/declaration/axis_label.ts";
export type { GateSpec } from "./lib/experiment/declaration/gate_spec.ts";
export type {
  Measure,
  MetricName,
  MetricValues,
  TargetKind,
  TestMetricName,
  TestMetricValues,
} from "./lib/core/facts/metric.ts";
export type { MetricsSpec } from "./lib/nn/training/metrics/resolve_metrics.ts";
export type { GateMetric, GatePolicy } from "./lib/core/facts/gate_policy.ts";
export type { Warning } from "./lib/core/check/warning.ts";

// Trials: from an experiment to the results of each, without the command line.
export {
  type Declaration,
  type ExpandOptions,
  expandPoints,
  type PointSettings,
} from "./lib/experiment/points/expand_points.ts";
export { expandGrid } from "./lib/experiment/points/expand_grid.ts";
export type { DuplicatePoint, Grid, SkippedPoint } from "./lib/experiment/declaration/grid.ts";
export type { AxisValue, Point, Trial } from "./lib/experiment/trial/trial.ts";
export {
  runTrial,
  type RunTrialOptions,
  type TrialSetting,
  type TrialStep,
} from "./lib/experiment/trial/run_trial.ts";
export type * from "./lib/experiment/trial/trial_event.ts";
export {
  type EvaluateOptions,
  evaluateTrial,
  type TestMeasurements,
} from "./lib/experiment/evaluation/evaluate_trial.ts";

// Nets and training: a net by itself, and what trains it.
export { FullyConnectedNet, type LossAndGradients } from "./lib/nn/net/fully_connected_net.ts";
export type { ActivationName } from "./lib/nn/net/activation_names.ts";
export type { InitializerName } from "./lib/nn/net/initializers.ts";
export type {
  ClassesOption,
  FullyConnectedNetOptions,
  ModelSpec,
  NetLoss,
  NetOptions,
  Normalization,
  OutputsOption,
  ResolvedModel,
} from "./lib/nn/net/model_spec.ts";
export type { Parameter } from "./lib/nn/layers/layer.ts";
export type { NamedTensor } from "./lib/nn/net/named_tensor.ts";
export { type EpochRecord, Solver, type SolverOptions } from "./lib/nn/training/solver.ts";
export type { SolverResult } from "./lib/nn/training/solver_result.ts";
export type {
  AveragingSpec,
  ClipByNormSpec,
  ClipByValueSpec,
  ClipSpec,
  PatienceSpec,
  SolverSettings,
  SolverSpec,
} from "./lib/nn/training/solver_spec.ts";
export type * from "./lib/nn/training/schedule/schedule_spec.ts";
export type * from "./lib/nn/training/loss/loss_spec.ts";
export type {
  AugmentationSpec,
  CropSpec,
  CutoutSpec,
  FlipSpec,
} from "./lib/nn/training/augmentation/augmentation_spec.ts";
export type * from "./lib/nn/training/optimizer_spec.ts";
export type { Checkpoint, Improvement } from "./lib/nn/training/checkpoint.ts";
export type { Plateau } from "./lib/nn/training/schedule/schedule.ts";
export {
  gradientCheck,
  type GradientCheckOptions,
  type GradientCheckResult,
} from "./lib/nn/net/gradient_check.ts";
export { type Matrix, matrix } from "./lib/core/numbers/matrix.ts";
export type { DType } from "./lib/core/numbers/dtype.ts";
export type { KernelKind } from "./lib/core/facts/kernel_kind.ts";

// Errors and versions.
export { InputError } from "./lib/core/check/errors.ts";
export { DivergedError } from "./lib/nn/training/diverged_error.ts";
export { NUMERICS_VERSION } from "./lib/core/facts/numerics_version.ts";
