import { InputError } from "../../core/check/errors.ts";
import type { MetricValues } from "../../core/facts/metric.ts";
import { sha256Hex } from "../../core/numbers/digest.ts";
import type { FullyConnectedNet } from "../net/fully_connected_net.ts";
import { byteLength, fillTensors, tensorBytes } from "../net/tensor_bytes.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Plateau } from "./schedule/schedule.ts";
import type { SolverResult } from "./solver_result.ts";
import type { WeightAverage } from "./weight_average.ts";

/**
 * All that a {@link Solver} needs to resume after an epoch with the same result: plain data.
 *
 * It has no state of random streams, since every epoch opens its own.
 */
export interface Checkpoint {
  /** The last epoch that has run, at least 1. */
  readonly epoch: number;
  /** Learning rate of that epoch; it is a running product, which is not recomputed. */
  readonly learningRate: number;
  /**
   * {@link FullyConnectedNet.snapshot} after the epoch, parameters and running averages: those that the epoch measured, which
   * are moving averages where there is averaging.
   */
  readonly weights: Uint8Array;
  /** Where there is averaging, the tensors that go on training, in the form of `weights`. */
  readonly trainedWeights?: Uint8Array;
  /** The optimizer's tensors after the epoch, as bytes. */
  readonly optimizer: Uint8Array;
  /** The best epoch so far; see {@link SolverResult}. */
  readonly bestEpoch: number;
  /** See {@link SolverResult}. */
  readonly bestValidationAccuracy?: number;
  /** See {@link SolverResult}. */
  readonly bestMetrics?: MetricValues;
  /** {@link FullyConnectedNet.snapshot} of the best epoch. */
  readonly bestWeights: Uint8Array;
  /** Where training has patience, the last epoch that improved. */
  readonly improvement?: Improvement;
  /** Where the schedule is a plateau, its state. */
  readonly plateau?: Plateau;
}

/** An epoch that was an improvement of the metric that patience watches. */
export interface Improvement {
  /** Its number, from 0. */
  readonly epoch: number;
  /** The value of that metric. */
  readonly value: number;
}

/** The state of training after an epoch; tensors keep their state until the next epoch begins. */
export interface Progress {
  readonly epoch: number;
  readonly learningRate: number;
  /** {@link FullyConnectedNet.snapshot} after the epoch. */
  readonly weights: Uint8Array;
  readonly state: TrainingState;
  /** The best epoch so far. */
  readonly best: SolverResult;
  /** See {@link Checkpoint}. */
  readonly improvement?: Improvement;
  /** See {@link Checkpoint}. */
  readonly plateau?: Plateau;
}

/** The tensors that training changes. */
export interface TrainingState {
  readonly net: FullyConnectedNet;
  readonly optimizer: Optimizer;
  /** Null without averaging. */
  readonly average: WeightAverage | null;
}

/** Makes a checkpoint of the state of training. */
export function makeCheckpoint({ state, best, ...rest }: Progress): Checkpoint {
  const { net, optimizer, average } = state;
  const { weights: bestWeights, weightsSha256: _, ...found } = best;
  const trained = average === null ? {} : { trainedWeights: net.snapshot() };
  return { ...rest, ...trained, optimizer: tensorBytes(optimizer.tensors), ...found, bestWeights };
}

/**
 * Restores a net, its optimizer and its average from a checkpoint, and returns its best epoch.
 *
 * @throws {InputError} If it is from another net, another optimizer or other averaging.
 */
export function restoreCheckpoint(
  checkpoint: Checkpoint,
  { net, optimizer, average }: TrainingState,
): SolverResult {
  const { bestEpoch, bestValidationAccuracy, bestMetrics, bestWeights: weights } = checkpoint;
  const expected = byteLength(optimizer.tensors);
  if (checkpoint.optimizer.length !== expected) {
    throw new InputError(
      `Cannot resume from a checkpoint: its optimizer must have ${expected} bytes, found ` +
        `${checkpoint.optimizer.length}`,
    );
  }
  if ((checkpoint.trainedWeights === undefined) !== (average === null)) {
    throw new InputError(
      `Cannot resume from a checkpoint: it must ${average === null ? "not " : ""}have averaged weights`,
    );
  }
  // The length of the measured weights is checked as well before they become averages.
  net.restore(checkpoint.weights);
  if (average !== null) {
    average.restore(checkpoint.weights);
    net.restore(checkpoint.trainedWeights!);
  }
  fillTensors(optimizer.tensors, checkpoint.optimizer);
  const measured = {
    ...bestValidationAccuracy === undefined ? {} : { bestValidationAccuracy },
    ...bestMetrics === undefined ? {} : { bestMetrics },
  };
  return { bestEpoch, ...measured, weights, weightsSha256: sha256Hex(weights) };
}
