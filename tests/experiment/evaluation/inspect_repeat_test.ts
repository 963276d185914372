import { assert, assertEquals } from "@std/assert";
import type { Dataset } from "../../../lib/data/base/dataset.ts";
import { foldDataset } from "../../../lib/data/folds/fold_dataset.ts";
import { generateBlobs } from "../../../lib/data/generate_blobs.ts";
import { evaluateTrial } from "../../../lib/experiment/evaluation/evaluate_trial.ts";
import { testRepeat } from "../../../lib/experiment/evaluation/test_repeat.ts";
import { inspectRepeat } from "../../../lib/experiment/evaluation/inspect_repeat.ts";
import { createNet, runTrial } from "../../../lib/experiment/trial/run_trial.ts";
import type { Trial } from "../../../lib/experiment/trial/trial.ts";

const data = {
  kind: "blobs",
  numClasses: 3,
  inputDim: 4,
  spread: 1.5,
  seed: 3,
  train: 90,
  validation: 30,
  test: 70,
} as const;

const trial: Trial = {
  id: "0123456789abcdef",
  point: {},
  repeat: 0,
  seed: 7,
  data,
  dataDigest: "blobs",
  model: {
    hiddenDims: [5],
    weightScale: "he",
    reg: 0,
    dropoutKeepRatio: 1,
    normalization: null,
    dtype: "float32",
  },
  solver: { optimizer: { name: "sgd", learningRate: 0.1 }, batchSize: 16, epochs: 2, lrDecay: 1 },
};

function trained(dataset: Dataset): Uint8Array {
  return [...runTrial(trial, { dataset })].at(-1)!.weights!;
}

const BLOBS = generateBlobs(data);

function inspectOne({ dataset, weights }: { readonly dataset: Dataset; readonly weights: Uint8Array }) {
  return inspectRepeat([{ trial, weights, bestEpoch: 1, bestValidationAccuracy: 0.5 }], { dataset });
}

Deno.test("inspectRepeat() counts every row of the test split once, and as many right as evaluateTrial()", () => {
  const weights = trained(BLOBS);
  const { confusion, classNames } = inspectOne({ dataset: BLOBS, weights });
  assertEquals([confusion.length, ...confusion.map((row) => row.length)], [3, 3, 3, 3]);
  assertEquals(classNames, BLOBS.classNames);
  const total = confusion.flat().reduce((sum, count) => sum + count, 0);
  const right = confusion.reduce((sum, row, label) => sum + row[label], 0);
  assertEquals(total, 70);
  assertEquals(right / total, evaluateTrial(trial, { dataset: BLOBS, weights }).testAccuracy);
  assert(right < total, "the blobs must overlap, or there is no mistake to look at");
});

Deno.test("inspectRepeat() lists the surest mistakes first, with the probability of the class they were taken for", () => {
  const weights = trained(BLOBS);
  const { mistakes, confusion } = inspectOne({ dataset: BLOBS, weights });
  const wrong = confusion.flat().reduce((sum, count) => sum + count, 0) -
    confusion.reduce((sum, row, label) => sum + row[label], 0);
  assertEquals(mistakes.length, Math.min(20, wrong));
  const net = createNet(trial, { dataset: BLOBS });
  net.restore(weights);
  for (const { row, label, predicted, probability, picture } of mistakes) {
    assertEquals(BLOBS.test.labels[row], label);
    assert(predicted !== label);
    assertEquals(picture, null);
    const centred = Float32Array.from({ length: 4 }, (_, i) => BLOBS.test.x[row * 4 + i] - BLOBS.mean[i]);
    const { data: scores } = net.scores({ rows: 1, cols: 4, data: centred });
    const powers = Array.from(scores, (score) => Math.exp(score));
    const sum = powers.reduce((total, power) => total + power, 0);
    assert(Math.abs(powers[predicted] / sum - probability) < 1e-6);
  }
  const probabilities = mistakes.map(({ probability }) => probability);
  assertEquals(probabilities, probabilities.toSorted((left, right) => right - left));
});

Deno.test("inspectRepeat() shows rows and first-layer units as pictures when rows are images", () => {
  const bytes = BLOBS.test.x.map((value) => Math.max(0, Math.min(255, 128 + 20 * value)));
  const image = { width: 2, height: 2, channels: 1 };
  const dataset = { ...BLOBS, image, test: { ...BLOBS.test, x: Uint8Array.from(bytes) } };
  const weights = trained(BLOBS);
  const { mistakes, filters } = inspectOne({ dataset, weights });
  for (const { row, picture } of mistakes) {
    assertEquals(atob(picture!).length, 4);
    assertEquals(atob(picture!).charCodeAt(3), dataset.test.x[row * 4 + 3]);
  }
  assertEquals(filters.length, 5);
  for (const filter of filters) {
    const values = Array.from(atob(filter), (character) => character.charCodeAt(0));
    assertEquals([values.length, Math.min(...values), Math.max(...values)], [4, 0, 255]);
  }
});

Deno.test("inspectRepeat() makes no matrix of more than 100 classes", () => {
  const sizes = (numClasses: number) => {
    const dataset = generateBlobs({ ...data, numClasses });
    const { confusion, mistakes } = inspectOne({ dataset, weights: trained(dataset) });
    return [confusion.length, confusion[0]?.length, mistakes.length > 0];
  };
  assertEquals([sizes(100), sizes(101)], [[100, 100, true], [0, undefined, true]]);
});

Deno.test("inspectRepeat() has the prediction of each row of the test split, as its confusion matrix counts them", () => {
  const { predictions, confusion, mistakes } = inspectOne({
    dataset: BLOBS,
    weights: trained(BLOBS),
  });
  const { labels, predicted, probabilities } = predictions!;
  assertEquals(labels, [...BLOBS.test.labels]);
  const counted = confusion.map((row) => row.map(() => 0));
  labels.forEach((label, row) => counted[label][predicted[row]]++);
  assertEquals(counted, confusion);
  for (const { row, probability } of mistakes) {
    assertEquals(probabilities[row], Number(probability.toPrecision(6)));
  }
});

/** The three folds of a repeat, trained, the second the best on validation. */
function trainedFolds(dataset: Dataset) {
  return [0, 1, 2].map((fold) => {
    const own = { ...trial, id: `fold-${fold}`, fold, data: { ...data, folds: 3 } };
    const step = [...runTrial(own, { dataset })].at(-1)!;
    return {
      trial: own,
      weights: step.weights!,
      bestEpoch: 1,
      bestValidationAccuracy: fold === 1 ? 0.9 : 0.5,
    };
  });
}

Deno.test("inspectRepeat() predicts by the mean of the probabilities of the nets of all folds", () => {
  const folds = trainedFolds(BLOBS);
  const { predictions, confusion } = inspectRepeat(folds, { dataset: BLOBS });
  const means = Array.from({ length: 70 }, () => [0, 0, 0]);
  for (const { trial, weights } of folds) {
    const { mean } = foldDataset(BLOBS, { folds: 3, fold: trial.fold });
    const net = createNet(trial, { dataset: BLOBS });
    net.restore(weights);
    const centred = Float32Array.from(BLOBS.test.x, (value, at) => value - mean[at % 4]);
    const { data: scores } = net.scores({ rows: 70, cols: 4, data: centred });
    means.forEach((own, row) => {
      const powers = [0, 1, 2].map((label) => Math.exp(scores[row * 3 + label]));
      powers.forEach((power, label) => own[label] += power / powers.reduce((sum, one) => sum + one) / 3);
    });
  }
  assertEquals(predictions!.predicted, means.map((own) => own.indexOf(Math.max(...own))));
  means.forEach((own, row) => {
    assert(Math.abs(Math.max(...own) - predictions!.probabilities[row]) < 1e-5);
  });
  const right = confusion.reduce((sum, row, label) => sum + row[label], 0);
  assertEquals(testRepeat(folds, { dataset: BLOBS }), { testAccuracy: right / 70 });
  const alone = folds.map((one) => inspectRepeat([one], { dataset: BLOBS }).predictions!.predicted);
  assert(alone.some((own) => own.some((label, row) => label !== predictions!.predicted[row])));
});

Deno.test("inspectRepeat() shows the first layer of the fold that is best on validation", () => {
  const dataset = { ...BLOBS, image: { width: 2, height: 2, channels: 1 } };
  const folds = trainedFolds(dataset);
  assertEquals(
    inspectRepeat(folds, { dataset }).filters,
    inspectRepeat([folds[1]], { dataset }).filters,
  );
});

Deno.test("testRepeat() is a divergence of the first fold with a row that has no finite score", () => {
  const folds = trainedFolds(BLOBS);
  const broken = folds.map((one, fold) =>
    fold === 0
      ? one
      : { ...one, weights: new Uint8Array(new Float32Array(one.weights.length / 4).fill(NaN).buffer) }
  );
  const event = testRepeat(broken, { dataset: BLOBS });
  assert("type" in event);
  assertEquals([event.type, event.trial, event.epoch, event.split], ["diverged", "fold-1", 1, "test"]);
});
