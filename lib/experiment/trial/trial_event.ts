import type { MetricValues } from "../../core/facts/metric.ts";
import type { EpochRecord } from "../../nn/training/solver.ts";

/**
 * An event of a trial from an engine: plain data, which is journaled before anyone sees it.
 *
 * A trial yields its epochs in order from 0 (before training) and then exactly one of `done`, `failed`, `diverged`, or
 * `stopped` where it is to go on later. A trial that is done can still diverge when it is tested, if a row of the test
 * split has no finite score.
 */
export type TrialEvent = EpochEvent | DoneEvent | DivergedEvent | FailedEvent | StoppedEvent;

/** An epoch's measurements; epoch 0 is the state before training. */
export interface EpochEvent extends EpochRecord {
  /** Identifies the event. */
  readonly type: "epoch";
  /** Id of the trial. */
  readonly trial: string;
}

/** The trial trained to its end; the weights are those of its best epoch. */
export interface DoneEvent {
  /** Identifies the event. */
  readonly type: "done";
  /** Id of the trial. */
  readonly trial: string;
  /** The first epoch with the best validation accuracy, or with the best value of the metric that is selected. */
  readonly bestEpoch: number;
  /** Accuracy on the validation split at that epoch, a fraction; not of numbers. */
  readonly bestValidationAccuracy?: number;
  /** The further metrics at that epoch; only where some are declared. */
  readonly bestMetrics?: MetricValues;
  /** SHA-256 of the best epoch's weights. */
  readonly weightsSha256: string;
  /** The last epoch that was trained; only where the trial has patience, and may stop before the last one. */
  readonly lastEpoch?: number;
}

/**
 * The run of the trial stopped after an epoch, from which it can go on. It follows from the epochs and is not journaled;
 * a search ends a trial with it that does not go on.
 */
export interface StoppedEvent {
  /** Identifies the event. */
  readonly type: "stopped";
  /** Id of the trial. */
  readonly trial: string;
  /** The last epoch that was trained. */
  readonly epoch: number;
  /** The first epoch with the best validation accuracy so far. */
  readonly bestEpoch: number;
  /** A fraction; not of numbers. */
  readonly bestValidationAccuracy?: number;
  /** The further metrics at that epoch; only where some are declared. */
  readonly bestMetrics?: MetricValues;
  /** SHA-256 of the best epoch's weights. */
  readonly weightsSha256: string;
}

/** A loss, a score, a weight or a tensor of the optimizer became NaN or infinite. */
export interface DivergedEvent {
  /** Identifies the event. */
  readonly type: "diverged";
  /** Id of the trial. */
  readonly trial: string;
  /** The epoch during or after which it happened; 0 is before training. */
  readonly epoch: number;
  /** What became NaN or infinite, and when. */
  readonly reason: string;
  /** "test" if the weights of that epoch were evaluated on the test split: such an event follows `done`. */
  readonly split?: "test";
}

/** The trial threw, or its worker was lost. */
export interface FailedEvent {
  /** Identifies the event. */
  readonly type: "failed";
  /** Id of the trial. */
  readonly trial: string;
  /** The message of the error, or how the worker was lost. */
  readonly reason: string;
}
