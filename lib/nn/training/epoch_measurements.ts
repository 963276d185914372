import type { MetricName, MetricValues } from "../../core/facts/metric.ts";
import { openStream, shuffle } from "../../core/numbers/random.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import type { Tensor } from "../../kernels/contract/tensor.ts";
import type { FullyConnectedNet } from "../net/fully_connected_net.ts";
import { bindAccuracy } from "./metrics/accuracy.ts";
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

/** The measurements of a net after an epoch; fractions. */
export interface EpochMeasurements {
  /** Accuracy on a fixed random sample of at most 1,000 training rows. */
  readonly trainAccuracy: number;
  /** Accuracy on the validation split. */
  readonly validationAccuracy: number;
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
  { dataset: { train, validation }, metrics, ...judge }: EpochMeasurementsOptions,
): (epoch: number) => EpochMeasurements {
  const trainAccuracy = bindAccuracy(net, {
    ...judge,
    split: train,
    splitName: "the training split",
    rows: trainSample(train.n, net.streamRoot),
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
    const accuracy = measure(trainAccuracy, epoch);
    const { accuracy: validationAccuracy, values } = measure(measureValidation, epoch);
    const further = metrics.map((name, index) => [name, values[index]]);
    return {
      trainAccuracy: accuracy,
      validationAccuracy,
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
