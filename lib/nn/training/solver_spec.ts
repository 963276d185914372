import type { OptimizerSpec } from "./optimizer_spec.ts";

/** The settings of training: plain data. */
export interface SolverSpec {
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
}

/**
 * Stops training once the validation accuracy has not improved for some epochs.
 *
 * As in Keras' `EarlyStopping`, an epoch improves if it is better than the last one that did, by more than `minDelta`. The
 * net keeps the weights of its best epoch in any case, as it does without.
 */
export interface PatienceSpec {
  /** Epochs without an improvement after which training stops, at least 1; epoch 0 counts as the first improvement. */
  readonly epochs: number;
  /** The smallest improvement that counts: a fraction from 0 to below 1, which must be exceeded. Default: 0. */
  readonly minDelta?: number;
}

/** Settings of training with their defaults; patience is there only if it was given, so that ids stay as they were. */
export interface SolverSettings extends Required<Omit<SolverSpec, "patience">> {
  /** See {@link SolverSpec}. */
  readonly patience?: Required<PatienceSpec>;
}
