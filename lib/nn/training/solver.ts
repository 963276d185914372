import { InputError } from "../../core/check/errors.ts";
import {
  gainOf,
  isBetter,
  metricFacts,
  type MetricName,
  type MetricValues,
  USUAL_METRIC,
} from "../../core/facts/metric.ts";
import { sha256Hex } from "../../core/numbers/digest.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import type { FullyConnectedNet } from "../net/fully_connected_net.ts";
import {
  type Checkpoint,
  type Improvement,
  makeCheckpoint,
  type Progress,
  restoreCheckpoint,
} from "./checkpoint.ts";
import { bindEpochMeasurements, type EpochMeasurements } from "./epoch_measurements.ts";
import { bindEpochPass, type EpochPass } from "./epoch_pass.ts";
import { checkMetricsData } from "./metrics/resolve_metrics.ts";
import { createOptimizer, type Optimizer } from "./optimizer.ts";
import { type ResolvedSolver, resolveSolver } from "./resolve_solver.ts";
import { checkClassWeights } from "./row_weights.ts";
import type { SolverResult } from "./solver_result.ts";
import type { SolverSpec } from "./solver_spec.ts";

/** Options of {@link Solver}. */
export interface SolverOptions extends SolverSpec {
  /** The data set with the training and validation splits. */
  readonly dataset: Dataset;
  /** A checkpoint of a solver of the same net and settings to resume from. Default: start before training. */
  readonly checkpoint?: Checkpoint;
  /** Called before every batch of training and of measurement, as a heartbeat. Default: no call. */
  readonly onBatch?: () => void;
}

/** The measurements of one epoch. */
export interface EpochRecord {
  /** 0 is before training. */
  readonly epoch: number;
  /** Mean training loss, L2 penalty included, over the epoch's steps; null at epoch 0, which has none. */
  readonly loss: number | null;
  /** Accuracy on a fixed random sample of at most 1,000 training rows, a fraction. */
  readonly trainAccuracy: number;
  /** Accuracy on the validation split, a fraction. */
  readonly validationAccuracy: number;
  /** The further metrics on the validation split; only where some are declared. */
  readonly metrics?: MetricValues;
  /** Learning rate of the epoch's steps; at epoch 0 the rate of epoch 1. */
  readonly learningRate: number;
  /** SHA-256 of {@link FullyConnectedNet.snapshot} after the epoch. */
  readonly weightsSha256: string;
}

/**
 * Trains a net on shuffled mini-batches and keeps the weights of its best epoch: by validation accuracy, or by the metric
 * that `select` names.
 *
 * Every epoch runs once over the training rows in a new order; rows that do not fill a last batch are left out of
 * that epoch. By comparison, cs231n draws each batch with replacement, and PyTorch's loader keeps a short last batch
 * by default. The learning rate is multiplied by `lrDecay` after every epoch.
 *
 * @throws {InputError} If a setting is wrong, the data set does not fit the net, or the batch is larger than the
 * split.
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
 * assert(bestValidationAccuracy > 0.9);
 * ```
 */
export class Solver {
  readonly #net: FullyConnectedNet;
  readonly #dataset: Dataset;
  readonly #settings: ResolvedSolver;
  readonly #start: Checkpoint | null;
  readonly #onBatch: () => void;
  #progress: Progress | null = null;

  /** Prepares to train a net; nothing runs before {@link Solver.epochs}. */
  constructor(net: FullyConnectedNet, options: SolverOptions) {
    const { dataset, checkpoint = null, onBatch = () => {}, ...spec } = options;
    this.#net = net;
    this.#dataset = dataset;
    this.#settings = resolveSolver(spec, { action: "train" });
    this.#start = checkpoint;
    this.#onBatch = onBatch;
    if (dataset.inputDim !== net.inputDim || dataset.numClasses !== net.numClasses) {
      throw new InputError(
        `Cannot train: the net must have ${dataset.inputDim} inputs and ${dataset.numClasses} classes for this data ` +
          `set, found ${net.inputDim} and ${net.numClasses}`,
      );
    }
    for (const name of ["train", "validation", "test"] as const) checkLabels(dataset, name);
    if (this.#settings.batchSize > dataset.train.n) {
      throw new InputError(
        `Cannot train: solver.batchSize must be at most the ${dataset.train.n} rows of the training split, found ` +
          `${this.#settings.batchSize}`,
      );
    }
    checkClassWeights(this.#settings.loss, { action: "train", numClasses: dataset.numClasses });
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
    const net = this.#net;
    const { epochs, lrDecay, patience, optimizer: rule, select = USUAL_METRIC } = this.#settings;
    const { optimizer, train, measure } = this.#bind();
    let { learningRate } = this.#start ?? rule;
    let best = this.#start === null ? null : restoreCheckpoint(this.#start, { net, optimizer });
    let improvement = this.#start?.improvement ?? null;
    // Also asked before the first epoch: a checkpoint may be of the epoch after which training stops.
    const isOver = (epoch: number) =>
      patience !== undefined && improvement !== null && epoch - improvement.epoch >= patience.epochs;
    const first = (this.#start?.epoch ?? -1) + 1;
    for (let epoch = first; epoch <= epochs && !isOver(epoch - 1); epoch++) {
      if (epoch > 1) learningRate *= lrDecay;
      const loss = epoch === 0 ? null : train(epoch, learningRate);
      const weights = net.snapshot();
      const record = { epoch, loss, ...measure(epoch), learningRate, weightsSha256: sha256Hex(weights) };
      if (best === null || isBest(record, { best, select })) best = bestOf(record, weights);
      if (patience !== undefined) improvement = lastImprovement(improvement, { record, patience, select });
      const waiting = improvement === null ? {} : { improvement };
      this.#progress = { epoch, learningRate, weights, optimizer, best, ...waiting };
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
    const { batchSize, optimizer: rule, metrics = [], loss } = this.#settings;
    const mean = net.kernels.tensor(1, net.inputDim);
    mean.data.set(this.#dataset.mean);
    const common = { dataset: this.#dataset, mean, batchSize, onBatch: this.#onBatch };
    // The order of allocation determines addresses only, and no bit of a result.
    const measure = bindEpochMeasurements(net, { ...common, metrics });
    const optimizer = createOptimizer(net.kernels, { parameters: net.parameters, rule });
    return { optimizer, measure, train: bindEpochPass(net, { ...common, optimizer, loss }) };
  }
}

interface Bound {
  readonly optimizer: Optimizer;
  readonly measure: (epoch: number) => EpochMeasurements;
  readonly train: EpochPass;
}

/** Returns the result of training if it ended with an epoch whose weights are the best. */
function bestOf(record: EpochRecord, weights: Uint8Array): SolverResult {
  const { epoch: bestEpoch, validationAccuracy: bestValidationAccuracy, metrics, weightsSha256 } = record;
  const measured = metrics === undefined ? {} : { bestMetrics: metrics };
  return { bestEpoch, bestValidationAccuracy, ...measured, weights, weightsSha256 };
}

interface Race {
  readonly best: SolverResult;
  readonly select: MetricName;
}

function isBest(record: EpochRecord, { best, select }: Race): boolean {
  const { bestValidationAccuracy: validationAccuracy, bestMetrics: metrics } = best;
  const than = valueOf({ validationAccuracy, metrics }, select);
  return isBetter(valueOf(record, select), { than, metric: metricFacts(select) });
}

function valueOf(
  { validationAccuracy, metrics }: Pick<EpochRecord, "validationAccuracy" | "metrics">,
  name: MetricName,
): number {
  return name === USUAL_METRIC ? validationAccuracy : metrics![name]!;
}

interface Judged {
  readonly record: EpochRecord;
  readonly patience: NonNullable<ResolvedSolver["patience"]>;
  readonly select: MetricName;
}

/** Returns the last epoch that was better than the one that this was said of before, by more than `minDelta`. */
function lastImprovement(
  before: Improvement | null,
  { record, patience: { minDelta, metric: name }, select }: Judged,
): Improvement {
  const value = valueOf(record, name ?? select);
  const metric = metricFacts(name ?? select);
  if (before !== null && gainOf(value, { over: before.value, metric }) <= minDelta) return before;
  return { epoch: record.epoch, value };
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
