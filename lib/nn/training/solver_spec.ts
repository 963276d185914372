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
}
