import { messageOf } from "../../core/check/message_of.ts";
import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import { sha256Hex } from "../../core/numbers/digest.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import { FullyConnectedNet } from "../../nn/net/fully_connected_net.ts";
import type { Checkpoint } from "../../nn/training/checkpoint.ts";
import { DivergedError } from "../../nn/training/diverged_error.ts";
import { outputsOf } from "../../nn/training/loss/outputs_of.ts";
import { Solver } from "../../nn/training/solver.ts";
import { type Fault, flipWeightBit } from "./fault.ts";
import type { Trial } from "./trial.ts";
import { trialDataset } from "./trial_dataset.ts";
import type { StoppedEvent, TrialEvent } from "./trial_event.ts";

export type { Checkpoint };

/** The data and kernels of a trial. */
export interface TrialSetting {
  /** The data set; a trial of a fold takes its rows from it. */
  readonly dataset: Dataset;
  /** The kernels that compute; all give the same bits. Default: the fastest that work here. */
  readonly kernels?: KernelKind;
  /**
   * An error to inject. Default: none.
   *
   * @internal
   */
  readonly fault?: Fault;
}

/** Options of {@link runTrial}. */
export interface RunTrialOptions extends TrialSetting {
  /** A checkpoint of an earlier run of this trial. Default: start before training. */
  readonly checkpoint?: Checkpoint;
  /** Called after every epoch; returns the current interval of checkpoints in epochs, 0 for none. Default: none. */
  readonly checkpointEvery?: () => number;
  /** Called before every batch of training and of measurement, as a heartbeat. Default: no call. */
  readonly onBatch?: () => void;
}

/** An event of a trial, with its weights or checkpoint. */
export interface TrialStep {
  /** The event. */
  readonly event: TrialEvent;
  /** With `done`: the weights of the best epoch. */
  readonly weights?: Uint8Array;
  /** With an epoch at which one was due, and with `stopped`: the checkpoint after it. */
  readonly checkpoint?: Checkpoint;
}

/**
 * Runs one trial, yielding its events as they happen.
 *
 * It is a pure function of trial and data: the same bits on every engine and from every checkpoint. It does not throw
 * when the trial fails or diverges; that is its last event.
 *
 * @example
 * ```ts
 * import {
 *   blobs,
 *   defineExperiment,
 *   expandGrid,
 *   expandPoints,
 *   loadDataset,
 *   runTrial,
 * } from "@seedbed/seedbed";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const experiment = defineExperiment({
 *   name: "blobs_once",
 *   question: "Does a small net separate three blobs?",
 *   seed: 231,
 *   data: blobs({ numClasses: 3, inputDim: 4, spread: 0.2, train: 300, validation: 100, test: 100 }),
 *   grid: {},
 *   trial: () => ({
 *     model: { hiddenDims: [16], weightScale: "he" },
 *     solver: { optimizer: { name: "adam", learningRate: 1e-2 }, batchSize: 50, epochs: 4 },
 *   }),
 * });
 * const { trials: [trial] } = expandGrid(expandPoints(experiment), { dataDigest: "blobs" });
 * const dataset = await loadDataset(experiment.data);
 *
 * const steps = [...runTrial(trial, { dataset })];
 * assertEquals(steps.map(({ event }) => event.type), ["epoch", "epoch", "epoch", "epoch", "epoch", "done"]);
 * assert(steps.at(-1)!.weights!.length > 0);
 * ```
 */
export function* runTrial(trial: Trial, options: RunTrialOptions): Generator<TrialStep, void, void> {
  const { dataset, kernels, fault, checkpoint, onBatch, checkpointEvery = () => 0 } = options;
  const { id } = trial;
  let net: FullyConnectedNet | null = null;
  try {
    net = createNet(trial, { dataset, kernels });
    const own = trialDataset(trial, dataset);
    const solver = new Solver(net, { dataset: own, ...trial.solver, checkpoint, onBatch });
    const epochs = solver.epochs();
    let step = epochs.next();
    let lastEpoch = checkpoint?.epoch ?? 0;
    while (!step.done) {
      lastEpoch = step.value.epoch;
      const event = { type: "epoch", trial: id, ...step.value } as const;
      const every = checkpointEvery();
      // After the last epoch there is nothing to resume.
      const isWanted = every > 0 && event.epoch > 0 && event.epoch < trial.solver.epochs &&
        event.epoch % every === 0;
      const isLast = event.epoch === trial.stopAfter && event.epoch < trial.solver.epochs;
      yield isWanted && !isLast ? { event, checkpoint: solver.checkpoint() } : { event };
      if (isLast) {
        const checkpoint = solver.checkpoint();
        yield { event: stoppedEvent(id, checkpoint), checkpoint };
        return;
      }
      if (fault?.trial === id && fault.epoch === event.epoch + 1) flipWeightBit(net);
      step = epochs.next();
    }
    const { weights, ...best } = step.value;
    const stopped = trial.solver.patience === undefined ? {} : { lastEpoch };
    yield { event: { type: "done", trial: id, ...best, ...stopped }, weights };
  } catch (error) {
    yield { event: endOf(error, id) };
  } finally {
    net?.kernels.free();
  }
}

/** Makes the net of a trial in its state before training. */
export function createNet(trial: Trial, { dataset, kernels }: TrialSetting): FullyConnectedNet {
  // The features of a table are learned anew in each fold, and may be more or fewer.
  const own = trialDataset(trial, dataset);
  const seed = `${trial.seed}/${trial.repeat}`;
  return new FullyConnectedNet({
    ...{ ...trial.model, inputDim: own.inputDim, seed, kernels },
    ...outputsOf(own, trial.solver.loss),
  });
}

function stoppedEvent(trial: string, checkpoint: Checkpoint): StoppedEvent {
  const { epoch, bestEpoch, bestValidationAccuracy, bestMetrics, bestWeights } = checkpoint;
  const measured = {
    ...bestValidationAccuracy === undefined ? {} : { bestValidationAccuracy },
    ...bestMetrics === undefined ? {} : { bestMetrics },
  };
  const weightsSha256 = sha256Hex(bestWeights);
  return { type: "stopped", trial, epoch, bestEpoch, ...measured, weightsSha256 };
}

function endOf(error: unknown, trial: string): TrialEvent {
  if (error instanceof DivergedError) {
    return { type: "diverged", trial, epoch: error.epoch, reason: error.message };
  }
  return { type: "failed", trial, reason: messageOf(error) };
}
