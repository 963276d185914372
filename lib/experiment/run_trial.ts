import type { KernelKind } from "../core/kernel_kind.ts";
import type { Dataset } from "../data/dataset.ts";
import { DivergedError } from "../nn/diverged_error.ts";
import { FullyConnectedNet } from "../nn/fully_connected_net.ts";
import { Solver } from "../nn/solver.ts";
import { type Fault, flipWeightBit } from "./fault.ts";
import type { Trial } from "./trial.ts";
import type { TrialEvent } from "./trial_event.ts";

/** What a trial runs on. */
export interface TrialSetting {
  /** The data set. */
  readonly dataset: Dataset;
  /** What computes; the bits are the same with each. Default: "wasm". */
  readonly kernels?: KernelKind;
  /** An error to make on purpose. Default: none. */
  readonly fault?: Fault;
}

/**
 * Runs one trial, yielding its events as they happen; the generator's return value is the best epoch's weights, or null
 * if there are none.
 *
 * A pure function of trial and data: the same bits on every engine. It never throws for the trial's own fault; that is
 * its last event.
 */
export function* runTrial(
  trial: Trial,
  { dataset, kernels, fault }: TrialSetting,
): Generator<TrialEvent, Uint8Array | null, void> {
  const { id } = trial;
  try {
    const net = createNet(trial, { dataset, kernels });
    const epochs = new Solver(net, { dataset, ...trial.solver }).epochs();
    let step = epochs.next();
    while (!step.done) {
      yield { type: "epoch", trial: id, ...step.value };
      if (fault?.trial === id && fault.epoch === step.value.epoch + 1) flipWeightBit(net);
      step = epochs.next();
    }
    const { weights, ...best } = step.value;
    yield { type: "done", trial: id, ...best };
    return weights;
  } catch (error) {
    if (error instanceof DivergedError) {
      yield { type: "diverged", trial: id, epoch: error.epoch, reason: error.message };
    } else {
      yield { type: "failed", trial: id, reason: error instanceof Error ? error.message : String(error) };
    }
    return null;
  }
}

/** Makes the net of a trial as it stands before training. */
export function createNet(trial: Trial, { dataset, kernels }: TrialSetting): FullyConnectedNet {
  const { inputDim, numClasses } = dataset;
  const seed = `${trial.seed}/${trial.repeat}`;
  return new FullyConnectedNet({ ...trial.model, inputDim, numClasses, seed, kernels });
}
