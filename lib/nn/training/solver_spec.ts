import type { MetricName } from "../../core/facts/metric.ts";
import type { MetricsSpec } from "./metrics/resolve_metrics.ts";
import type { LossSpec } from "./loss_spec.ts";
import type { OptimizerSpec } from "./optimizer_spec.ts";

/** The settings of training: plain data. */
export interface SolverSpec extends MetricsSpec {
  /** The update rule and its settings. */
  readonly optimizer: OptimizerSpec;
  /** Rows of a training step. */
  readonly batchSize: number;
  /** Passes over the training split. */
  readonly epochs: number;
  /** The learning rate is multiplied by this after every epoch, in (0, 1]. Default: 1. */
  readonly lrDecay?: number;
  /** When to stop before the last epoch. Default: never. */
  readonly patience?: PatienceSpec;
  /** What training minimizes. Default: the mean softmax cross-entropy of the rows. */
  readonly loss?: LossSpec;
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
 * Settings of training with their defaults. Patience, its metric, the loss and the fields about metrics are there only if they were
 * given, and are not the default, so that ids stay as they were.
 */
export interface SolverSettings
  extends Required<Omit<SolverSpec, "patience" | "loss" | keyof MetricsSpec>>, MetricsSpec {
  /** See {@link SolverSpec}. */
  readonly patience?: Required<Omit<PatienceSpec, "metric">> & Pick<PatienceSpec, "metric">;
  /** See {@link SolverSpec}. */
  readonly loss?: LossSpec;
}
