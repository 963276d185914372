import { openStream } from "../../lib/core/numbers/random.ts";
import type { TargetKind } from "../../lib/core/facts/metric.ts";
import type { Dataset, Split } from "../../lib/data/base/dataset.ts";
import { learnTargets } from "../../lib/data/preparation/learn_targets.ts";
import type { ModelSpec } from "../../lib/nn/net/model_spec.ts";
import type { SolverSpec } from "../../lib/nn/training/solver_spec.ts";

/** A small net, how it trains, and what it predicts. */
export interface TargetTraining {
  readonly kind: TargetKind;
  readonly model: ModelSpec;
  readonly solver: Partial<SolverSpec>;
}

/** Small nets that together train with every loss of targets, by itself and with what else changes a step. */
export const SMALL_TARGET_TRAININGS: readonly TargetTraining[] = [
  { kind: "numbers", model: { hiddenDims: [7] }, solver: {} },
  {
    kind: "numbers",
    model: { hiddenDims: [7, 6], normalization: "batchnorm", activation: "silu", dropoutKeepRatio: 0.9 },
    solver: { loss: { name: "huber", delta: 0.5 }, averaging: { decay: 0.9 }, lastBatch: "keep" },
  },
  { kind: "numbers", model: { hiddenDims: [5], dtype: "float64" }, solver: { metrics: ["validationLoss"] } },
  {
    kind: "labels",
    model: { hiddenDims: [7] },
    solver: { metrics: ["validationMacroF1", "validationLabelAccuracy"] },
  },
  {
    kind: "labels",
    model: { hiddenDims: [7], normalization: "layernorm" },
    solver: {
      loss: { labelSmoothing: 0.1 },
      clip: { norm: 0.5 },
      metrics: ["validationLoss"],
      select: "validationLoss",
    },
  },
  {
    kind: "class",
    model: { hiddenDims: [7] },
    solver: {
      loss: { name: "sigmoid", labelSmoothing: 0.05, classWeights: "balanced" },
      metrics: ["validationLoss", "validationAuc"],
    },
  },
];

/** Rows of four features, with two numbers, three labels or one of two classes that they decide. */
export function smallTargets(kind: TargetKind): Dataset {
  const names = { numbers: ["far", "small"], labels: ["a", "b", "c"], class: [] }[kind];
  const splitOf = (n: number, name: string): Split => {
    const stream = openStream(`targets/${kind}/${name}`);
    const x = new Float32Array(4 * n);
    const targets = new Float64Array(names.length * n);
    const labels = new Int32Array(n);
    for (let row = 0; row < n; row++) {
      for (let j = 0; j < 4; j++) x[4 * row + j] = stream.normal();
      const [a, b, c, d] = x.subarray(4 * row, 4 * row + 4);
      const own = {
        numbers: [1e4 + 300 * a - 100 * b * c, 0.001 * d],
        labels: [Number(a > b), Number(c > 0.5), Number(a * d > 0)],
        class: [],
      }[kind];
      targets.set(own, names.length * row);
      if (kind === "class") labels[row] = Number(a + b > 0.4);
    }
    return { n, x, labels, ...kind === "class" ? {} : { targets } };
  };
  const train = splitOf(90, "train");
  return {
    ...{ inputDim: 4, image: null, mean: new Float32Array(4), train },
    ...{ validation: splitOf(40, "validation"), test: splitOf(30, "test") },
    ...kind === "class"
      ? { numClasses: 2, classNames: ["no", "yes"] }
      : { numClasses: 1, classNames: [], targets: learnTargets(train.targets!, { kind, names }) },
  };
}
