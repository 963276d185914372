import type { Dataset } from "../../data/base/dataset.ts";
import type { FullyConnectedNet } from "../../nn/net/fully_connected_net.ts";
import { bestClass, bestProbability, bindScores } from "../../nn/training/metrics/accuracy.ts";
import { type EvaluateOptions, restoreForTest } from "./evaluate_trial.ts";
import {
  type Inspection,
  type Mistake,
  MOST_CONFUSED,
  MOST_FILTERS,
  MOST_MISTAKES,
  MOST_PREDICTED,
  type Picture,
} from "./inspection.ts";
import type { Trial } from "./trial.ts";

/**
 * Returns the predictions of a trained trial on the test split, their confusion matrix, the most confident
 * mistakes, and the filters of the first layer.
 *
 * It is a pure function of trial, data and weights, with the same bits on every engine.
 *
 * @throws {InputError} If the weights do not fit the trial's net.
 */
export function inspectTrial(trial: Trial, options: EvaluateOptions): Inspection {
  const { dataset } = options;
  const { classNames, image, test } = dataset;
  const { net, rows } = restoreForTest(trial, options);
  const confused = classNames.length <= MOST_CONFUSED ? classNames : [];
  const confusion = confused.map(() => confused.map(() => 0));
  const mistakes: Omit<Mistake, "picture">[] = [];
  const predictions = { labels: [...test.labels], predicted: [] as number[], probabilities: [] as number[] };
  bindScores(net, rows)((row, scores, i) => {
    const label = test.labels[row];
    const predicted = bestClass(scores, i);
    const probability = bestProbability(scores, { row: i, best: predicted });
    predictions.predicted[row] = predicted;
    predictions.probabilities[row] = Number(probability.toPrecision(DIGITS));
    if (confusion.length > 0) confusion[label][predicted] += 1;
    if (predicted !== label) mistakes.push({ row, label, predicted, probability });
  });
  mistakes.sort((left, right) => right.probability - left.probability || left.row - right.row);
  return {
    classNames,
    image,
    confusion,
    mistakes: mistakes.slice(0, MOST_MISTAKES).map((mistake) => ({
      ...mistake,
      picture: image === null ? null : rowPicture(dataset, mistake.row),
    })),
    filters: image === null ? [] : filterPictures(net),
    ...test.labels.length <= MOST_PREDICTED ? { predictions } : {},
  };
}

const DIGITS = 6;

function rowPicture({ test, inputDim }: Dataset, row: number): Picture {
  const pixels = test.x.subarray(row * inputDim, (row + 1) * inputDim);
  return toBase64(pixels instanceof Uint8Array ? pixels : stretch(pixels));
}

function filterPictures({ parameters: [{ value: { data, rows, cols } }] }: FullyConnectedNet): Picture[] {
  return Array.from({ length: Math.min(cols, MOST_FILTERS) }, (_, unit) => {
    const weights = Float64Array.from({ length: rows }, (_, i) => data[i * cols + unit]);
    return toBase64(stretch(weights));
  });
}

/** Returns numbers scaled to bytes, the lowest to 0 and the highest to 255; if all are equal, to the middle. */
function stretch(values: ArrayLike<number>): Uint8Array {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  const range = high - low;
  return Uint8Array.from(
    values,
    (value) => range === 0 ? 128 : Math.floor(((value - low) / range) * 255 + 0.5),
  );
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
