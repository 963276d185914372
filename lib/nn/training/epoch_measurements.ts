import type { MetricName, MetricValues } from "../../core/facts/metric.ts";
import { openStream, shuffle } from "../../core/numbers/random.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import type { Tensor } from "../../kernels/contract/tensor.ts";
import type { FullyConnectedNet } from "../net/fully_connected_net.ts";
import { bindMetrics } from "./metrics/bind_metrics.ts";
import { measure } from "./watch_divergence.ts";

/** Options of {@link bindEpochMeasurements}. */
export interface EpochMeasurementsOptions {
  readonly dataset: Dataset;
  /** The training split's mean, `[1, inputDim]`, in the net's memory. */
  readonly mean: Tensor;
  /** Rows per batch; the results do not depend on it. */
  readonly batchSize: number;
  /** What is measured on validation besides the accuracy. */
  readonly metrics: readonly MetricName[];
  /** Called before every batch. */
  readonly onBatch: () => void;
}

/** The measurements of a net after an epoch. */
export interface EpochMeasurements {
  /** Accuracy on a fixed random sample of at most 1,000 training rows, a fraction; not of numbers. */
  readonly trainAccuracy?: number;
  /** RMSE on such a sample; only of numbers. */
  readonly trainRmse?: number;
  /** Accuracy on the validation split, a fraction; not of numbers. */
  readonly validationAccuracy?: number;
  /** The further metrics on the validation split; only where some are declared. */
  readonly metrics?: MetricValues;
}

const SAMPLE_ROWS = 1000;

/**
 * Binds the measurements of a net after an epoch.
 *
 * They throw a {@link DivergedError} at a row whose scores, or whose loss, are not finite.
 */
export function bindEpochMeasurements(
  net: FullyConnectedNet,
  { dataset: { train, validation, targets }, metrics, ...rest }: EpochMeasurementsOptions,
): (epoch: number) => EpochMeasurements {
  const judge = { ...rest, ...targets === undefined ? {} : { targets } };
  const measureTraining = bindMetrics(net, {
    ...judge,
    split: train,
    splitName: "the training split",
    rows: trainSample(train.n, net.streamRoot),
    metrics: targets?.kind === "numbers" ? ["validationRmse"] : [],
  });
  const measureValidation = bindMetrics(net, {
    ...judge,
    split: validation,
    splitName: "the validation split",
    rows: counting(validation.n),
    metrics,
  });
  return (epoch) => {
    // Messages of errors depend on which split is measured first.
    const trained = measure(measureTraining, epoch);
    const { accuracy, values } = measure(measureValidation, epoch);
    const further = metrics.map((name, index) => [name, values[index]]);
    return {
      ...trained.accuracy === null ? { trainRmse: trained.values[0] } : { trainAccuracy: trained.accuracy },
      ...accuracy === null ? {} : { validationAccuracy: accuracy },
      ...metrics.length === 0 ? {} : { metrics: Object.fromEntries(further) },
    };
  };
}

/** Returns at most 1,000 rows, the same at every epoch and, for one seed and repeat, in every trial. */
function trainSample(n: number, streamRoot: string): Int32Array {
  const rows = counting(n);
  shuffle(rows, openStream(`${streamRoot}/train_sample`));
  return rows.slice(0, SAMPLE_ROWS);
}

function counting(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}
