import type { EpochRecord } from "../../nn/training/solver.ts";

/**
 * What an engine reports of a trial; each is plain data and is journaled before anyone sees it.
 *
 * A trial yields its epochs in order from 0 (before training) and then exactly one of `done`, `failed`, `diverged`. A
 * trial that is done diverges after all if it is tested and has no finite score for a row of the test split.
 */
export type TrialEvent = EpochEvent | DoneEvent | DivergedEvent | FailedEvent;

/** An epoch's measurements; epoch 0 is the state before training. */
export interface EpochEvent extends EpochRecord {
  /** Tells the events apart. */
  readonly type: "epoch";
  /** Id of the trial. */
  readonly trial: string;
}

/** The trial trained to its end; the weights are those of its best epoch. */
export interface DoneEvent {
  /** Tells the event. */
  readonly type: "done";
  /** Id of the trial. */
  readonly trial: string;
  /** The first epoch with the best validation accuracy. */
  readonly bestEpoch: number;
  /** A fraction. */
  readonly bestValidationAccuracy: number;
  /** SHA-256 of the best epoch's weights. */
  readonly weightsSha256: string;
}

/** A loss, a score, a weight or a tensor of the optimizer became NaN or infinite. */
export interface DivergedEvent {
  /** Tells the event. */
  readonly type: "diverged";
  /** Id of the trial. */
  readonly trial: string;
  /** The epoch during or behind which it happened; 0 is before training. */
  readonly epoch: number;
  /** What became NaN or infinite, and when. */
  readonly reason: string;
  /** There if the weights of that epoch met the test split: such an event follows `done`. */
  readonly split?: "test";
}

/** The trial threw, or its worker was lost. */
export interface FailedEvent {
  /** Tells the event. */
  readonly type: "failed";
  /** Id of the trial. */
  readonly trial: string;
  /** What was thrown or lost. */
  readonly reason: string;
}
