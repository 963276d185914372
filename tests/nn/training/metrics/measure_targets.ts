import type { MetricName } from "../../../../lib/core/facts/metric.ts";
import type { Targets } from "../../../../lib/data/base/targets.ts";
import { FullyConnectedNet } from "../../../../lib/nn/net/fully_connected_net.ts";
import { bindMetrics, type Measured } from "../../../../lib/nn/training/metrics/bind_metrics.ts";

/** Rows of outputs of a net, and the targets of each. */
export interface TargetRows {
  readonly kind: Targets["kind"];
  /** Default: 0 and 1. */
  readonly scales?: Targets["scales"];
  readonly values: readonly (readonly number[])[];
  readonly outputs: readonly (readonly number[])[];
  readonly lines?: Int32Array;
}

/** Measures given outputs: those of a float64 net without hidden layers whose weights are 1 on the diagonal. */
export function measureTargets(
  { kind, values, outputs, lines, ...rest }: TargetRows,
  metrics: readonly MetricName[],
): Measured {
  const width = outputs[0].length;
  const names = outputs[0].map((_, index) => `t${index}`);
  const { scales = names.map(() => ({ offset: 0, divisor: 1 })) } = rest;
  const net = new FullyConnectedNet({
    ...{ hiddenDims: [], inputDim: width, numOutputs: width, seed: 1 },
    ...{ dtype: "float64", kernels: "twin" },
  });
  const [{ value: weights }] = net.parameters;
  weights.data.fill(0);
  for (let j = 0; j < width; j++) weights.data[j * width + j] = 1;
  const measure = bindMetrics(net, {
    split: {
      n: values.length,
      x: Float64Array.from(outputs.flat()),
      labels: new Int32Array(values.length),
      targets: Float64Array.from(values.flat()),
      ...lines === undefined ? {} : { lines },
    },
    splitName: "the rows",
    targets: { kind, names, scales },
    mean: net.kernels.tensor(1, width),
    rows: Int32Array.from(values, (_, row) => row),
    batchSize: 7,
    metrics,
  });
  measure();
  // The second measurement forgets the first.
  return measure();
}
