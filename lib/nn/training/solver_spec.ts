import type { MetricName } from "../../core/facts/metric.ts";
import type { MetricsSpec } from "./metrics/resolve_metrics.ts";
import type { AugmentationSpec } from "./augmentation/augmentation_spec.ts";
import type { LossSpec } from "./loss/loss_spec.ts";
import type { OptimizerSpec } from "./optimizer_spec.ts";
import type { ScheduleSettings, ScheduleSpec } from "./schedule/schedule_spec.ts";

/** The settings of training: plain data. */
export interface SolverSpec extends MetricsSpec {
  /** The update rule and its settings. */
  readonly optimizer: OptimizerSpec;
  /** Rows of a training step. */
  readonly batchSize: number;
  /** Passes over the training split. */
  readonly epochs: number;
  /**
   * The learning rate is multiplied by this after every epoch, in (0, 1]: the short form of an exponential schedule, not given
   * beside `schedule`. Default: 1.
   */
  readonly lrDecay?: number;
  /** How the learning rate changes. Default: as `lrDecay` says. */
  readonly schedule?: ScheduleSpec;
  /** How gradients are limited before each step. Default: not. */
  readonly clip?: ClipSpec;
  /** Averages the weights over the steps. Default: none. */
  readonly averaging?: AveragingSpec;
  /**
   * What becomes of the rows of an epoch that do not fill a batch: they are left out, or are a batch of their own, whose loss
   * counts by its rows in the epoch's mean. Default: "drop"; PyTorch's loader and Keras keep them.
   */
  readonly lastBatch?: "drop" | "keep";
  /** When to stop before the last epoch. Default: never. */
  readonly patience?: PatienceSpec;
  /** What training minimizes. Default: softmax of classes, sigmoid of several labels, squared of numbers. */
  readonly loss?: LossSpec;
  /** How images are changed each time they are trained on. Default: not. */
  readonly augmentation?: AugmentationSpec;
}

/** A limit on the gradients, L2 included. */
export type ClipSpec = ClipByValueSpec | ClipByNormSpec;

/** Each element of a gradient is moved into [-value, value]: PyTorch's `clip_grad_value_`, Keras' `clipvalue`. */
export interface ClipByValueSpec {
  /** Above 0. */
  readonly value: number;
  /** Not given beside `value`. */
  readonly norm?: never;
}

/**
 * If the Euclidean norm of all gradients together is above `norm`, each is multiplied by `norm / it` (Pascanu et al. 2013).
 *
 * It is Keras' `global_clipnorm`; PyTorch's `clip_grad_norm_` adds 1e-6 to the norm that it divides by.
 */
export interface ClipByNormSpec {
  /** Above 0. */
  readonly norm: number;
  /** Not given beside `norm`. */
  readonly value?: never;
}

/**
 * An exponential moving average of the weights and of the running averages of normalization, from the initial ones:
 * `average += (1 - decay) * (weights - average)` after each step.
 *
 * The averages are measured, chosen, tested and exported; the weights themselves go on training. PyTorch's `AveragedModel`
 * and Keras' `use_ema` start from the weights after the first step, and leave running averages alone by default.
 */
export interface AveragingSpec {
  /** Fraction of the average kept at each step, in [0, 1). */
  readonly decay: number;
}

/**
 * Stops training once a metric, by default the validation accuracy, has not improved for some epochs.
 *
 * As in Keras' `EarlyStopping`, an epoch improves if it is better than the last one that did, by more than `minDelta`. The
 * net keeps the weights of its best epoch in any case, as it does without.
 */
export interface PatienceSpec {
  /** Epochs without an improvement after which training stops, at least 1; epoch 0 counts as the first improvement. */
  readonly epochs: number;
  /**
   * The smallest improvement that counts, which must be exceeded: a number from 0 on, and below 1 for all metrics but the
   * loss. Default: 0.
   */
  readonly minDelta?: number;
  /** What must improve; `metrics` has it, unless it is the accuracy. Default: the metric that `select` names. */
  readonly metric?: MetricName;
}

/**
 * Settings of training with their defaults. Schedule, clipping, averaging, the last batch, patience, its metric, the loss, the
 * augmentation and the fields about metrics are there only if they were given, and are not the default, so that ids stay as they were.
 */
export interface SolverSettings
  extends Required<Pick<SolverSpec, "optimizer" | "batchSize" | "epochs" | "lrDecay">>, MetricsSpec {
  /** See {@link SolverSpec}; what `lrDecay` can say is not here. */
  readonly schedule?: ScheduleSettings;
  /** See {@link SolverSpec}. */
  readonly clip?: ClipSpec;
  /** See {@link SolverSpec}. */
  readonly averaging?: AveragingSpec;
  /** See {@link SolverSpec}. */
  readonly lastBatch?: "keep";
  /** See {@link SolverSpec}. */
  readonly patience?: Required<Omit<PatienceSpec, "metric">> & Pick<PatienceSpec, "metric">;
  /** See {@link SolverSpec}. */
  readonly loss?: LossSpec;
  /** See {@link SolverSpec}. */
  readonly augmentation?: AugmentationSpec;
}
