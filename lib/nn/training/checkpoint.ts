import { InputError } from "../../core/check/errors.ts";
import { sha256Hex } from "../../core/numbers/digest.ts";
import type { FullyConnectedNet } from "../net/fully_connected_net.ts";
import { byteLength, fillTensors, tensorBytes } from "../net/tensor_bytes.ts";
import type { Optimizer } from "./optimizer.ts";
import type { SolverResult } from "./solver_result.ts";

/**
 * All that a {@link Solver} needs to go on behind an epoch as if it had never stopped: plain data.
 *
 * It holds no state of any random stream, since every epoch opens streams of its own.
 */
export interface Checkpoint {
  /** The last epoch that has run, at least 1. */
  readonly epoch: number;
  /** Learning rate of that epoch; a running product, which is not computed anew. */
  readonly learningRate: number;
  /** {@link FullyConnectedNet.snapshot} after the epoch: parameters and running averages. */
  readonly weights: Uint8Array;
  /** The optimizer's tensors after the epoch, as bytes. */
  readonly optimizer: Uint8Array;
  /** The first epoch with the best validation accuracy so far. */
  readonly bestEpoch: number;
  /** A fraction. */
  readonly bestValidationAccuracy: number;
  /** {@link FullyConnectedNet.snapshot} of the best epoch. */
  readonly bestWeights: Uint8Array;
}

/** Where training stands behind an epoch; the optimizer is as it is after it until the next begins. */
export interface Progress {
  readonly epoch: number;
  readonly learningRate: number;
  /** {@link FullyConnectedNet.snapshot} after the epoch. */
  readonly weights: Uint8Array;
  readonly optimizer: Optimizer;
  /** The best epoch so far. */
  readonly best: SolverResult;
}

/** Writes down where training stands. */
export function makeCheckpoint({ optimizer, best, ...rest }: Progress): Checkpoint {
  const { bestEpoch, bestValidationAccuracy, weights: bestWeights } = best;
  return {
    ...rest,
    optimizer: tensorBytes(optimizer.tensors),
    bestEpoch,
    bestValidationAccuracy,
    bestWeights,
  };
}

/**
 * Brings a net and its optimizer back to a checkpoint, and returns its best epoch.
 *
 * @throws {InputError} If it is one of another net or another optimizer.
 */
export function restoreCheckpoint(
  checkpoint: Checkpoint,
  { net, optimizer }: { readonly net: FullyConnectedNet; readonly optimizer: Optimizer },
): SolverResult {
  const { bestEpoch, bestValidationAccuracy, bestWeights: weights } = checkpoint;
  const expected = byteLength(optimizer.tensors);
  if (checkpoint.optimizer.length !== expected) {
    throw new InputError(
      `Cannot go on from a checkpoint: its optimizer must have ${expected} bytes, found ` +
        `${checkpoint.optimizer.length}`,
    );
  }
  net.restore(checkpoint.weights);
  fillTensors(optimizer.tensors, checkpoint.optimizer);
  return { bestEpoch, bestValidationAccuracy, weights, weightsSha256: sha256Hex(weights) };
}
