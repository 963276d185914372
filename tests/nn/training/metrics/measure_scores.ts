import type { MetricName, MetricValues } from "../../../../lib/core/facts/metric.ts";
import { FullyConnectedNet } from "../../../../lib/nn/net/fully_connected_net.ts";
import { bindMetrics } from "../../../../lib/nn/training/metrics/bind_metrics.ts";

/** Rows of scores, and the label of each. */
export interface ScoredRows {
  readonly labels: readonly number[];
  readonly scores: readonly (readonly number[])[];
}

/** Measures given scores: those of a float64 net without hidden layers whose weights are 1 on the diagonal. */
export function measureScores({ labels, scores }: ScoredRows, metrics: readonly MetricName[]): MetricValues {
  const numClasses = scores[0].length;
  const net = new FullyConnectedNet({
    hiddenDims: [],
    inputDim: numClasses,
    numClasses,
    dtype: "float64",
    seed: 1,
    kernels: "twin",
  });
  const [{ value: weights }] = net.parameters;
  weights.data.fill(0);
  for (let j = 0; j < numClasses; j++) weights.data[j * numClasses + j] = 1;
  const measure = bindMetrics(net, {
    split: { n: labels.length, x: Float64Array.from(scores.flat()), labels: Int32Array.from(labels) },
    splitName: "the rows",
    mean: net.kernels.tensor(1, numClasses),
    rows: Int32Array.from(labels, (_, row) => row),
    batchSize: 7,
    metrics,
  });
  measure();
  // The second measurement forgets the first.
  const { accuracy, values } = measure();
  return {
    validationAccuracy: accuracy!,
    ...Object.fromEntries(metrics.map((name, index) => [name, values[index]])),
  };
}

/** Returns every metric that a number of classes has besides the accuracy. */
export function metricsOf(numClasses: number): readonly MetricName[] {
  return [
    "validationLoss",
    "validationMacroF1",
    "validationBalancedAccuracy",
    ...Array.from(
      { length: Math.max(0, numClasses - 2) },
      (_, index) => `validationTop${index + 2}Accuracy` as const,
    ),
    ...numClasses === 2 ? ["validationAuc" as const] : [],
  ];
}
