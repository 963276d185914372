import { NUMERICS_VERSION } from "../../lib/core/facts/numerics_version.ts";
import type { Dataset } from "../../lib/data/base/dataset.ts";
import { blobs } from "../../lib/data/blobs.ts";
import { loadDataset } from "../../lib/data/load_dataset.ts";
import { createNet, runTrial } from "../../lib/experiment/trial/run_trial.ts";
import type { Trial } from "../../lib/experiment/trial/trial.ts";
import type { EnsembleModel } from "../../lib/export/ensemble/ensemble_model.ts";
import type { TrainedModel } from "../../lib/export/trained_model.ts";
import { ACTIVATION_NAMES } from "../../lib/nn/net/activation_names.ts";
import type { ModelSpec, Normalization } from "../../lib/nn/net/model_spec.ts";
import { resolveModel } from "../../lib/nn/net/resolve_model.ts";
import { bindScores } from "../../lib/nn/training/metrics/accuracy.ts";
import { resolveSolver } from "../../lib/nn/training/resolve_solver.ts";

/**
 * Every normalization at every depth from 0 to 3, with dropout and without; each normalization in float64; each activation
 * in both.
 */
export const MODELS: readonly ModelSpec[] = [
  { hiddenDims: [] },
  ...[[13], [13, 9], [13, 9, 11]].flatMap((hiddenDims) =>
    [null, "batchnorm" as const, "layernorm" as const].flatMap((normalization: Normalization) =>
      [1, 0.8].map((dropoutKeepRatio) => ({ hiddenDims, normalization, dropoutKeepRatio }))
    )
  ),
  { hiddenDims: [], dtype: "float64" },
  { hiddenDims: [13, 9], dtype: "float64" },
  { hiddenDims: [13, 9], normalization: "batchnorm", dtype: "float64" },
  { hiddenDims: [13, 9], normalization: "layernorm", dtype: "float64" },
  ...ACTIVATION_NAMES.flatMap((activation) =>
    (["float32", "float64"] as const).map((dtype) => ({ hiddenDims: [13, 9], activation, dtype }))
  ),
  { hiddenDims: [13, 9, 11], activation: ["gelu", "tanh", "leakyRelu"], normalization: "batchnorm" },
  { hiddenDims: [13, 9], normalization: "batchnorm", bias: false },
  { hiddenDims: [13, 9], normalization: "layernorm", bias: false, dtype: "float64" },
  { hiddenDims: [13, 13, 9], residual: true },
  { hiddenDims: [9, 13, 13, 13], residual: true, normalization: "batchnorm", activation: "gelu" },
  { hiddenDims: [13, 13], residual: true, normalization: "layernorm", activation: "tanh", dtype: "float64" },
];

/** Overlapping blobs, so that no class is sure of itself. */
const DATA = blobs({ numClasses: 5, inputDim: 19, spread: 1.5, train: 400, validation: 100, test: 2000 });

export const DATASET: Dataset = await loadDataset(DATA);

/** Trains a net for three epochs. */
export function trainModel(spec: ModelSpec): TrainedModel {
  return trainRepeat(spec, 1);
}

/** Trains several repeats of a net, which predict together; their means differ, as those of folds do. */
export function trainEnsemble(spec: ModelSpec): EnsembleModel {
  const nets = [0, 1, 2].map((repeat) => {
    const model = trainRepeat(spec, repeat);
    return { ...model, mean: model.mean.map((value) => value + repeat / 10) };
  });
  return { facts: { experiment: "blobs_export", testAccuracy: 0.75 }, nets };
}

function trainRepeat(spec: ModelSpec, repeat: number): TrainedModel {
  const trial: Trial = {
    id: "0123456789abcdef",
    point: { rate: 0.01, name: 'é "quoted"' },
    repeat,
    seed: 7,
    data: DATA,
    dataDigest: "blobs",
    model: resolveModel({ weightScale: "he", ...spec }, { action: "test" }),
    solver: resolveSolver({ optimizer: { name: "adam", learningRate: 0.01 }, batchSize: 40, epochs: 3 }, {
      action: "test",
    }),
  };
  const net = createNet(trial, { dataset: DATASET });
  for (const { event, weights } of runTrial(trial, { dataset: DATASET })) {
    if (event.type === "epoch") continue;
    if (event.type !== "done") throw new Error(`Cannot train ${JSON.stringify(spec)}: it ${event.type}`);
    net.restore(weights!);
    const { id: trialId, ...declared } = trial;
    const facts = {
      experiment: "blobs_export",
      trial: trialId,
      ...declared,
      dataDigest: "d".repeat(64),
      weightsSha256: event.weightsSha256,
      numericsVersion: NUMERICS_VERSION,
      bestEpoch: event.bestEpoch,
      validationAccuracy: event.bestValidationAccuracy,
      testAccuracy: null,
      inputDim: DATASET.inputDim,
      featureNames: null,
      classNames: DATASET.classNames,
      image: null,
    };
    return { facts, net, mean: DATASET.mean };
  }
  throw new Error("Cannot train: the trial had no end");
}

/** Returns the scores of every row of a data set's test split, row after row, as in testing the winner. */
export function testScores({ net, mean }: TrainedModel, { test, numClasses }: Dataset): Float64Array {
  const means = net.kernels.tensor(1, mean.length);
  means.data.set(mean);
  const rows = Int32Array.from({ length: test.n }, (_, row) => row);
  const all = new Float64Array(test.n * numClasses);
  bindScores(net, { split: test, splitName: "the test split", mean: means, rows, batchSize: 50 })((
    row,
    { data, cols },
    i,
  ) => all.set(data.subarray(i * cols, (i + 1) * cols), row * cols));
  return all;
}

/** Returns the means of the softmax of several nets' scores, row after row, by the functions of the engine. */
export function meanSoftmax(
  scores: readonly Float64Array[],
  { numClasses }: { readonly numClasses: number },
): Float64Array {
  const means = new Float64Array(scores[0].length);
  for (const ofNet of scores) {
    for (let at = 0; at < ofNet.length; at += numClasses) {
      const row = ofNet.subarray(at, at + numClasses);
      const powers = row.map((score) => Math.exp(score - Math.max(...row)));
      const sum = powers.reduce((total, power) => total + power, 0);
      powers.forEach((power, j) => means[at + j] += power / sum / scores.length);
    }
  }
  return means;
}

/** Returns the class with the highest score of each row, the first of equal ones. */
export function bestClasses(
  scores: Float64Array,
  { numClasses }: { readonly numClasses: number },
): readonly number[] {
  return Array.from({ length: scores.length / numClasses }, (_, row) => {
    const ofRow = scores.subarray(row * numClasses, (row + 1) * numClasses);
    return ofRow.indexOf(Math.max(...ofRow));
  });
}

/** Returns the largest absolute difference between two lists of scores. */
export function largestDifference(left: Float64Array, right: Float64Array): number {
  return left.reduce((largest, score, at) => Math.max(largest, Math.abs(score - right[at])), 0);
}
