import { openStream, shuffle } from "../../core/numbers/random.ts";
import type { Dataset, Split } from "../../data/base/dataset.ts";
import type { Measurement } from "../../kernels/contract/operation.ts";
import type { Indices, Tensor } from "../../kernels/contract/tensor.ts";
import type { FullyConnectedNet } from "../net/fully_connected_net.ts";
import type { Pass } from "../net/pass.ts";
import type { Augmentation } from "./augmentation/create_augmentation.ts";
import { type BatchLoss, batchLosses } from "./loss/batch_losses.ts";
import type { LossSpec } from "./loss/loss_spec.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Schedule } from "./schedule/schedule.ts";
import { checkNorm, checkStep, checkTensors } from "./watch_divergence.ts";
import type { WeightAverage } from "./weight_average.ts";

/** Options of {@link bindEpochPass}. */
export interface EpochPassOptions {
  readonly dataset: Dataset;
  /** The training split's mean, `[1, inputDim]`, in the net's memory. */
  readonly mean: Tensor;
  readonly optimizer: Optimizer;
  readonly batchSize: number;
  /** What is minimized. Default: the mean softmax cross-entropy. */
  readonly loss?: LossSpec;
  /** How the images of the training split are changed; null for not at all. */
  readonly augmentation: Augmentation | null;
  /** Rows of a last, shorter batch; 0 for none. */
  readonly lastBatchSize: number;
  /** Limits the gradients before each step and returns their norm; null for no limit. */
  readonly clip: Measurement | null;
  /** The average that each step moves; null for none. */
  readonly average: WeightAverage | null;
  /** Called before every batch. */
  readonly onBatch: () => void;
  /** Called after every step with the rows of its batch. */
  readonly onStep: (rows: number) => void;
}

/**
 * Trains for one epoch, from 1, at the learning rate of each step, from 1. It returns the mean loss of the epoch's steps, L2
 * penalty included; if the last batch is shorter, each loss counts by the rows of its batch.
 */
export type EpochPass = (epoch: number, rate: Schedule["rate"]) => number;

/**
 * Binds a pass over the training split in mini-batches of a new order; it allocates only the epoch's streams.
 *
 * The pass throws a {@link DivergedError} when a loss, a score, a weight, a running average or a tensor of the optimizer is
 * not finite.
 */
export function bindEpochPass(
  net: FullyConnectedNet,
  { dataset, mean, optimizer, batchSize, lastBatchSize, loss, ...options }: EpochPassOptions,
): EpochPass {
  const { train } = dataset;
  const { augmentation, clip, average, onBatch, onStep } = options;
  const order = new Int32Array(train.n);
  const binding = { train, mean, augmentation, order, bindLoss: batchLosses(dataset, loss) };
  const full = bindBatch(net, { ...binding, size: batchSize });
  const last = lastBatchSize === 0 ? null : bindBatch(net, { ...binding, size: lastBatchSize });
  const fullSteps = Math.floor(train.n / batchSize);
  const steps = last === null ? fullSteps : fullSteps + 1;
  const tensors = [...net.tensors, ...optimizer.tensors, ...average?.tensors ?? []];
  return (epoch, rate) => {
    // Each epoch shuffles the original order, so that no epoch depends on the one before.
    for (let i = 0; i < order.length; i++) order[i] = i;
    shuffle(order, openStream(`${net.streamRoot}/shuffle/${epoch}`));
    full.pass.startEpoch(epoch);
    last?.pass.startEpoch(epoch, "last");
    augmentation?.startEpoch(epoch);
    let sum = 0;
    for (let step = 1; step <= steps; step++) {
      const { pass, indices, run } = step > fullSteps ? last! : full;
      onBatch();
      const stepLoss = run((step - 1) * batchSize);
      checkStep(pass, { epoch, step, loss: stepLoss, rows: indices.data, lines: train.lines });
      sum += last === null ? stepLoss : stepLoss * indices.length;
      if (clip !== null) checkNorm(clip(), { epoch, step });
      optimizer.step(rate(epoch, step));
      average?.move();
      onStep(indices.length);
    }
    // An infinite average of squares would freeze its weight from then on.
    checkTensors(tensors, epoch);
    return sum / (last === null ? steps : train.n);
  };
}

interface BatchBinding {
  readonly train: Split;
  readonly mean: Tensor;
  readonly augmentation: Augmentation | null;
  /** The order of the rows, which each epoch fills anew. */
  readonly order: Int32Array;
  readonly bindLoss: (pass: Pass) => BatchLoss;
  /** Rows of the batch. */
  readonly size: number;
}

interface BoundBatch {
  readonly pass: Pass;
  readonly indices: Indices;
  /** Passes the rows from a place of the order forward and backward, and returns their loss. */
  readonly run: (start: number) => number;
}

function bindBatch(
  net: FullyConnectedNet,
  { train, mean, augmentation, order, bindLoss, size }: BatchBinding,
): BoundBatch {
  const pass = net.pass(size);
  const indices = net.kernels.indices(size);
  const gather = augmentation === null
    ? net.kernels.gather({ rows: train.x, mean, indices, out: pass.x })
    : augmentation.bindGather({ indices, out: pass.x });
  const bound = bindLoss(pass);
  return {
    pass,
    indices,
    run(start) {
      for (let i = 0; i < size; i++) indices.data[i] = order[start + i];
      bound.pick(indices.data);
      gather();
      pass.forward("train");
      return bound.backward();
    },
  };
}
