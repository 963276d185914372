import { openStream, shuffle } from "../../core/numbers/random.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import type { Indices, Tensor } from "../../kernels/contract/tensor.ts";
import type { FullyConnectedNet } from "../net/fully_connected_net.ts";
import type { LossSpec } from "./loss_spec.ts";
import type { Optimizer } from "./optimizer.ts";
import { rowWeights } from "./row_weights.ts";
import { checkStep, checkTensors } from "./watch_divergence.ts";

/** Options of {@link bindEpochPass}. */
export interface EpochPassOptions {
  readonly dataset: Dataset;
  /** The training split's mean, `[1, inputDim]`, in the net's memory. */
  readonly mean: Tensor;
  readonly optimizer: Optimizer;
  readonly batchSize: number;
  /** What is minimized. Default: the mean softmax cross-entropy. */
  readonly loss?: LossSpec;
  /** Called before every batch. */
  readonly onBatch: () => void;
}

/** Trains for one epoch, from 1, and returns the mean loss of its steps, L2 penalty included. */
export type EpochPass = (epoch: number, learningRate: number) => number;

/**
 * Binds a pass over the training split in mini-batches of a new order; it allocates only the epoch's streams.
 *
 * The pass throws a {@link DivergedError} when a loss, a score, a weight, a running average or a tensor of the optimizer is
 * not finite.
 */
export function bindEpochPass(
  net: FullyConnectedNet,
  { dataset: { train, numClasses }, mean, optimizer, batchSize, loss, onBatch }: EpochPassOptions,
): EpochPass {
  const pass = net.pass(batchSize);
  const indices = net.kernels.indices(batchSize);
  const gather = net.kernels.gather({ rows: train.x, mean, indices, out: pass.x });
  const order = new Int32Array(train.n);
  const steps = Math.floor(train.n / batchSize);
  const { labelSmoothing: smoothing = 0, classWeights } = loss ?? {};
  const weightOfRow = rowWeights(train, { classWeights, numClasses });
  const bound = pass.bindLoss({ isWeighted: weightOfRow !== null, smoothing });
  return (epoch, learningRate) => {
    // Each epoch shuffles the original order, so that no epoch depends on the one before.
    for (let i = 0; i < order.length; i++) order[i] = i;
    shuffle(order, openStream(`${net.streamRoot}/shuffle/${epoch}`));
    pass.startEpoch(epoch);
    let sum = 0;
    for (let step = 0; step < steps; step++) {
      onBatch();
      pickBatch(indices, { order, start: step * batchSize, labels: train.labels, batchLabels: pass.labels });
      gather();
      pass.forward("train");
      if (bound.weights !== null) {
        pickWeights(bound.weights, { rows: indices.data, weightOfRow: weightOfRow! });
      }
      const loss = bound.backward();
      checkStep(pass, { epoch, step: step + 1, loss, rows: indices.data, lines: train.lines });
      sum += loss;
      optimizer.step(learningRate);
    }
    // An infinite average of squares would freeze its weight from then on.
    checkTensors([...net.tensors, ...optimizer.tensors], epoch);
    return sum / steps;
  };
}

interface Weighing {
  readonly rows: Int32Array;
  readonly weightOfRow: Float64Array;
}

function pickWeights({ data }: Tensor, { rows, weightOfRow }: Weighing): void {
  for (let i = 0; i < rows.length; i++) data[i] = weightOfRow[rows[i]];
}

interface Batch {
  readonly order: Int32Array;
  readonly start: number;
  readonly labels: Int32Array;
  readonly batchLabels: Indices;
}

function pickBatch(indices: Indices, { order, start, labels, batchLabels }: Batch): void {
  const rows = indices.data;
  const batch = batchLabels.data;
  for (let i = 0; i < rows.length; i++) {
    rows[i] = order[start + i];
    batch[i] = labels[rows[i]];
  }
}
