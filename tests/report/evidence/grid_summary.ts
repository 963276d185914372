import type { MetricName } from "../../../lib/core/facts/metric.ts";
import type { ExperimentFacts } from "../../../lib/experiment/declaration/experiment.ts";
import type { Point } from "../../../lib/experiment/trial/trial.ts";
import { summarize, type SummedTrial, trialResult } from "../../../lib/report/summary/summarize.ts";
import type { Summary } from "../../../lib/report/summary/summary.ts";

/** A point, and its value of each metric at each repeat, and fold if there are folds; null for a trial that diverged. */
export type PointValues = readonly [point: Point, values: readonly (number | null)[]];

const MODEL = {
  hiddenDims: [],
  weightScale: 1e-2,
  reg: 0,
  dropoutKeepRatio: 1,
  normalization: null,
  dtype: "float32",
} as const;
const SOLVER = {
  optimizer: { name: "sgd", learningRate: 1 },
  batchSize: 1,
  epochs: 1,
  lrDecay: 1,
} as const;

const valuesOf = (metrics: readonly MetricName[], value: number) =>
  Object.fromEntries(metrics.map((name) => [name, value]));

/** Returns the summary of a grid whose points have given accuracies. It needs nothing that only Deno has. */
export function gridSummary(
  rows: readonly PointValues[],
  fields: Partial<ExperimentFacts> = {},
): Summary {
  const axes = Object.keys(rows[0][0]);
  const experiment: ExperimentFacts = {
    name: "fake_question",
    question: "Which rate?",
    seed: 1,
    repeats: rows[0][1].length / (fields.data?.folds ?? 1),
    data: { kind: "blobs", numClasses: 2, inputDim: 2, spread: 1, seed: 0, train: 9, validation: 4, test: 4 },
    grid: Object.fromEntries(axes.map((axis) => [axis, [...new Set(rows.map(([point]) => point[axis]))]])),
    ...fields,
  };
  const trials = rows.flatMap(([point, values], place) =>
    values.map((value, run) => {
      const { folds } = experiment.data;
      const at = folds === undefined
        ? { repeat: run }
        : { repeat: Math.floor(run / folds), fold: run % folds };
      const trial: SummedTrial = { id: `${place}-${run}`, point, ...at, model: MODEL, solver: SOLVER };
      return { trial, value };
    })
  );
  return summarize(experiment, {
    grid: { trials: trials.map(({ trial }) => trial), duplicates: [] },
    dataDigest: "d",
    results: trials.map(({ trial, value }) =>
      trialResult(trial, [
        value === null ? { type: "diverged", trial: trial.id, epoch: 1, reason: "loss is NaN" } : {
          type: "done",
          trial: trial.id,
          bestEpoch: 1,
          bestValidationAccuracy: value,
          weightsSha256: `sha-${trial.id}`,
          ...fields.metrics === undefined ? {} : { bestMetrics: valuesOf(fields.metrics, value) },
        },
      ])
    ),
    testAccuracies: new Map(),
  });
}

/** The validation accuracies of `results/iris_csv` in version 0.1, of 30 rows. */
export const IRIS: readonly PointValues[] = Object.entries({
  2: [29, 29, 23, 27, 27],
  4: [29, 26, 27, 28, 29],
  8: [28, 28, 27, 28, 29],
  16: [27, 27, 28, 27, 28],
}).map(([hidden, rows]) => [{ hidden: Number(hidden) }, rows.map((row) => row / 30)]);
