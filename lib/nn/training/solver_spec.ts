import type { OptimizerSpec } from "./optimizer_spec.ts";

/** How a net is trained: plain data. */
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
