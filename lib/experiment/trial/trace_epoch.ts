import { sha256Hex } from "../../core/numbers/digest.ts";
import type { Matrix } from "../../core/numbers/matrix.ts";
import type { FullyConnectedNet } from "../../nn/net/fully_connected_net.ts";
import { DivergedError } from "../../nn/training/diverged_error.ts";
import { Solver } from "../../nn/training/solver.ts";
import { flipWeightBit } from "./fault.ts";
import { createNet, type TrialSetting } from "./run_trial.ts";
import type { Trial } from "./trial.ts";
import { trialDataset } from "./trial_dataset.ts";

/** The digests of a net's tensors after a step of an epoch, in the order in which a step computes them. */
export interface StepTrace {
  /** 0 is before the epoch's first step: the weights alone. */
  readonly step: number;
  readonly tensors: readonly TensorTrace[];
}

/** A tensor and the SHA-256 of its bytes. */
export interface TensorTrace {
  /** Such as `x`, `scores`, `gradient of W2` or `W2`. */
  readonly name: string;
  readonly sha256: string;
}

/** Options of {@link traceEpoch}. */
export interface TraceOptions extends TrialSetting {
  /** From 1. */
  readonly epoch: number;
}

/** Trains a trial up to an epoch, and returns the digests of its tensors after every step of that epoch. */
export function traceEpoch(trial: Trial, { epoch, fault, ...setting }: TraceOptions): readonly StepTrace[] {
  const net = createNet(trial, setting);
  const dataset = trialDataset(trial, setting.dataset);
  const traces: StepTrace[] = [];
  let isTraced = false;
  const onBatch = () => {
    if (isTraced && traces.length === 0) traces.push({ step: 0, tensors: traceWeights(net) });
  };
  const onStep = (rows: number) => {
    if (isTraced) traces.push({ step: traces.length, tensors: traceStep(net, rows) });
  };
  const epochs = new Solver(net, { dataset, ...trial.solver, onBatch, onStep }).epochs();
  try {
    for (const { epoch: ended } of epochs) {
      if (ended === epoch) break;
      if (fault?.trial === trial.id && fault.epoch === ended + 1) flipWeightBit(net);
      isTraced = ended === epoch - 1;
    }
  } catch (error) {
    // A run that diverges is traced until then.
    if (!(error instanceof DivergedError)) throw error;
  }
  return traces;
}

function traceWeights(net: FullyConnectedNet): readonly TensorTrace[] {
  return net.tensors.map(({ name, value }) => traceOf(name, value));
}

function traceStep(net: FullyConnectedNet, rows: number): readonly TensorTrace[] {
  const { x, scores } = net.pass(rows);
  const gradients = net.parameters.toReversed().map(({ name, gradient }) =>
    traceOf(`gradient of ${name}`, gradient)
  );
  return [traceOf("x", x), traceOf("scores", scores), ...gradients, ...traceWeights(net)];
}

function traceOf(name: string, { data }: Matrix): TensorTrace {
  return { name, sha256: sha256Hex(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) };
}
