import { InputError } from "../../core/check/errors.ts";
import { type MetricValues, USUAL_METRIC } from "../../core/facts/metric.ts";
import { sha256Hex } from "../../core/numbers/digest.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import type { FullyConnectedNet } from "../net/fully_connected_net.ts";
import { checkAugmentation } from "./augmentation/check_augmentation.ts";
import { createAugmentation } from "./augmentation/create_augmentation.ts";
import { bestOf, isBest, lastImprovement, metricValue } from "./best_epoch.ts";
import {
  type Checkpoint,
  makeCheckpoint,
  type Progress,
  restoreCheckpoint,
  type TrainingState,
} from "./checkpoint.ts";
import { clipGradients } from "./clip_gradients.ts";
import { bindEpochMeasurements, type EpochMeasurements } from "./epoch_measurements.ts";
import { bindEpochPass, type EpochPass } from "./epoch_pass.ts";
import { batchesOf, checkLastBatch } from "./last_batch.ts";
import { checkMetricsData } from "./metrics/resolve_metrics.ts";
import { createOptimizer } from "./optimizer.ts";
import { type ResolvedSolver, resolveSolver } from "./resolve_solver.ts";
import { outputsOf } from "./loss/outputs_of.ts";
import { checkLossClasses } from "./loss/row_weights.ts";
import { createSchedule, type Schedule } from "./schedule/schedule.ts";
import type { SolverResult } from "./solver_result.ts";
import type { SolverSpec } from "./solver_spec.ts";
import { averageWeights } from "./weight_average.ts";

/** Options of {@link Solver}. */
export interface SolverOptions extends SolverSpec {
  /** The data set with the training and validation splits. */
  readonly dataset: Dataset;
  /** A checkpoint of a solver of the same net and settings to resume from. Default: start before training. */
  readonly checkpoint?: Checkpoint;
  /** Called before every batch of training and of measurement, as a heartbeat. Default: no call. */
  readonly onBatch?: () => void;
  /**
   * Called after every step with the rows of its batch. Default: no call.
   *
   * @internal
   */
  readonly onStep?: (rows: number) => void;
}

/** The measurements of one epoch. */
export interface EpochRecord {
  /** 0 is before training. */
  readonly epoch: number;
  /**
   * Mean training loss, L2 penalty included, over the epoch's steps, by rows if the last batch is shorter; null at epoch 0,
   * which has none.
   */
  readonly loss: number | null;
  /** Accuracy on a fixed random sample of at most 1,000 training rows, a fraction; not of numbers. */
  readonly trainAccuracy?: number;
  /** RMSE on such a sample; only of numbers. */
  readonly trainRmse?: number;
  /** Accuracy on the validation split, a fraction; not of numbers. */
  readonly validationAccuracy?: number;
  /** The further metrics on the validation split; only where some are declared. */
  readonly metrics?: MetricValues;
  /** Learning rate of the epoch's last step; at epoch 0 that of the first step of epoch 1. */
  readonly learningRate: number;
  /** SHA-256 of {@link FullyConnectedNet.snapshot} with the weights that were measured after the epoch. */
  readonly weightsSha256: string;
}

/**
 * Trains a net on shuffled mini-batches and keeps the weights of its best epoch: by validation accuracy, or by the metric
 * that `select` names.
 *
 * Every epoch runs once over the training rows in a new order; rows that do not fill a last batch are left out of
 * that epoch, unless `lastBatch` keeps them. By comparison, cs231n draws each batch with replacement, and PyTorch's loader
 * keeps a short last batch by default. The learning rate is multiplied by `lrDecay` after every epoch, or follows
 * `schedule`. With `averaging`, the net that is measured and kept has averages of the weights that are trained.
 *
 * @throws {InputError} If a setting is wrong, the data set does not fit the net, the batch is larger than the split, batch
 * normalization would get a last batch of one row, or rows are no images that `augmentation` could change.
 *
 * @example
 * ```ts
 * import { blobs, FullyConnectedNet, loadDataset, Solver } from "@seedbed/seedbed";
 * import { assert } from "@std/assert";
 *
 * const spec = blobs({ numClasses: 3, inputDim: 4, spread: 0.2, train: 300, validation: 100, test: 100 });
 * const dataset = await loadDataset(spec);
 * const net = new FullyConnectedNet({ hiddenDims: [16], inputDim: 4, numClasses: 3, weightScale: "he", seed: 231 });
 * const optimizer = { name: "adam", learningRate: 1e-2 } as const;
 * const { bestValidationAccuracy } = new Solver(net, { dataset, optimizer, batchSize: 50, epochs: 5 }).train();
 * assert(bestValidationAccuracy! > 0.9);
 * ```
 */
export class Solver {
  readonly #net: FullyConnectedNet;
  readonly #dataset: Dataset;
  readonly #settings: ResolvedSolver;
  readonly #start: Checkpoint | null;
  readonly #onBatch: () => void;
  readonly #onStep: (rows: number) => void;
  #progress: Progress | null = null;

  /** Prepares to train a net; nothing runs before {@link Solver.epochs}. */
  constructor(net: FullyConnectedNet, options: SolverOptions) {
    const { dataset, checkpoint = null, onBatch = () => {}, onStep = () => {}, ...spec } = options;
    this.#net = net;
    this.#dataset = dataset;
    this.#settings = resolveSolver(spec, { action: "train", kind: dataset.targets?.kind });
    this.#start = checkpoint;
    this.#onBatch = onBatch;
    this.#onStep = onStep;
    checkLossClasses(this.#settings.loss, { action: "train", numClasses: dataset.numClasses });
    const outputs = outputsOf(dataset, this.#settings.loss);
    const [width, what] = outputs.numClasses === undefined
      ? [outputs.numOutputs, "outputs"]
      : [outputs.numClasses, "classes"];
    if (dataset.inputDim !== net.inputDim || width !== net.numOutputs) {
      throw new InputError(
        `Cannot train: the net must have ${dataset.inputDim} inputs and ${width} ${what} for this data ` +
          `set, found ${net.inputDim} and ${net.numOutputs}`,
      );
    }
    for (const name of ["train", "validation", "test"] as const) checkLabels(dataset, name);
    if (this.#settings.batchSize > dataset.train.n) {
      throw new InputError(
        `Cannot train: solver.batchSize must be at most the ${dataset.train.n} rows of the training split, found ` +
          `${this.#settings.batchSize}`,
      );
    }
    const { image, inputDim } = dataset;
    checkAugmentation(this.#settings.augmentation, { action: "train", image, inputDim });
    checkLastBatch(this.#settings, {
      action: "train",
      rows: dataset.train.n,
      // Only batch normalization has running averages.
      hasBatchNormalization: net.tensors.length > net.parameters.length,
    });
    checkMetricsData(this.#settings, { action: "train", path: "solver.", dataset, splits: ["validation"] });
  }

  /** Trains to the end; see {@link epochs}. */
  train(): SolverResult {
    const epochs = this.epochs();
    let step = epochs.next();
    while (!step.done) step = epochs.next();
    return step.value;
  }

  /**
   * Trains epoch by epoch and yields epoch 0 before training, then every epoch as it ends; after a checkpoint, the
   * epochs that follow it.
   *
   * @throws {DivergedError} When a loss, a score, a weight, a running average or a tensor of the optimizer is not
   * finite.
   * @throws {InputError} If the checkpoint is not of this net and these settings.
   */
  *epochs(): Generator<EpochRecord, SolverResult, void> {
    const { epochs, patience, select = USUAL_METRIC } = this.#settings;
    const { net, state, train, measure, schedule, stepsPerEpoch } = this.#bind();
    let best = this.#start === null ? null : restoreCheckpoint(this.#start, state);
    let improvement = this.#start?.improvement ?? null;
    // Also asked before the first epoch: a checkpoint may be of the epoch after which training stops.
    const isOver = (epoch: number) =>
      patience !== undefined && improvement !== null && epoch - improvement.epoch >= patience.epochs;
    const first = (this.#start?.epoch ?? -1) + 1;
    for (let epoch = first; epoch <= epochs && !isOver(epoch - 1); epoch++) {
      const loss = epoch === 0 ? null : train(epoch, schedule.rate);
      const learningRate = epoch === 0 ? schedule.rate(1, 1) : schedule.rate(epoch, stepsPerEpoch);
      const { weights, ...measured } = measure(epoch);
      const record = { epoch, loss, ...measured, learningRate, weightsSha256: sha256Hex(weights) };
      if (best === null || isBest(record, { best, select })) best = bestOf(record, weights);
      if (patience !== undefined) improvement = lastImprovement(improvement, { record, patience, select });
      schedule.observe(epoch, metricValue(record, select));
      const waiting = improvement === null ? {} : { improvement };
      const plateau = schedule.plateau();
      this.#progress = {
        ...{ epoch, learningRate, weights, state, best, ...waiting },
        ...plateau === null ? {} : { plateau },
      };
      yield record;
    }
    net.restore(best!.weights);
    return best!;
  }

  /**
   * Returns a checkpoint after the epoch that {@link epochs} yielded last.
   *
   * @throws {InputError} If no epoch has run.
   */
  checkpoint(): Checkpoint {
    if (this.#progress === null || this.#progress.epoch === 0) {
      throw new InputError("Cannot make a checkpoint: no epoch has run");
    }
    return makeCheckpoint(this.#progress);
  }

  /** Allocates the tensors of training in the net's memory. */
  #bind(): Bound {
    const net = this.#net;
    const { kernels, parameters } = net;
    const { batchSize, optimizer: rule, metrics = [], clip, averaging, loss, augmentation } = this.#settings;
    const { image, train: { x: rows, n } } = this.#dataset;
    const mean = kernels.tensor(1, net.inputDim);
    mean.data.set(this.#dataset.mean);
    const common = { dataset: this.#dataset, mean, batchSize, onBatch: this.#onBatch };
    // The order of allocation determines addresses only, and no bit of a result.
    const measurements = bindEpochMeasurements(net, { ...common, metrics });
    const optimizer = createOptimizer(kernels, { parameters, rule });
    const average = averaging === undefined ? null : averageWeights(net, averaging);
    const { stepsPerEpoch, lastBatchSize } = batchesOf(n, this.#settings);
    const train = bindEpochPass(net, {
      ...{ ...common, optimizer, average, loss, onStep: this.#onStep, lastBatchSize },
      clip: clip === undefined ? null : clipGradients(kernels, { parameters, clip }),
      augmentation: augmentation === undefined ? null : createAugmentation(kernels, {
        ...{ augmentation, image: image!, rows, mean, batchSize, streamRoot: net.streamRoot },
      }),
    });
    const schedule = createSchedule({
      settings: this.#settings,
      stepsPerEpoch,
      checkpoint: this.#start,
    });
    const state = { net, optimizer, average };
    const measure = (epoch: number) => {
      average?.swap();
      const measured = { ...measurements(epoch), weights: net.snapshot() };
      average?.swap();
      return measured;
    };
    return { net, state, measure, train, schedule, stepsPerEpoch };
  }
}

interface Bound {
  readonly net: FullyConnectedNet;
  readonly state: TrainingState;
  /** Measures the net, with its average in place of its weights, and returns what was measured. */
  readonly measure: (epoch: number) => EpochMeasurements & { readonly weights: Uint8Array };
  readonly train: EpochPass;
  readonly schedule: Schedule;
  readonly stepsPerEpoch: number;
}

/** Kernels use a label as an address in their memory, so that a label beyond the classes must be refused here. */
function checkLabels({ numClasses, ...splits }: Dataset, name: "train" | "validation" | "test"): void {
  const { labels } = splits[name];
  const wrong = labels.findIndex((label) => !(label >= 0 && label < numClasses));
  if (wrong === -1) return;
  throw new InputError(
    `Cannot train: ${name}.labels[${wrong}] must be a class from 0 to ${numClasses - 1}, found ${
      labels[wrong]
    }`,
  );
}
