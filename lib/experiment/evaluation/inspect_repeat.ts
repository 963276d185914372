import { isBetter, metricFacts, USUAL_METRIC } from "../../core/facts/metric.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import {
  type Inspection,
  type Mistake,
  MOST_CONFUSED,
  MOST_FILTERS,
  MOST_MISTAKES,
  MOST_PREDICTED,
  type Picture,
} from "../trial/inspection.ts";
import { inspectTargets } from "./inspect_targets.ts";
import { keptProbability, meanOutputs, predictTest, type RowPrediction } from "./predict_test.ts";
import { createNet, type TrialSetting } from "../trial/run_trial.ts";
import type { TrainedTrial } from "./trained_trial.ts";

/**
 * Returns the predictions on the test split of the net of a repeat, or of those of its folds together, their confusion
 * matrix, the most confident mistakes, and the filters of the first layer of the net that is best on validation.
 *
 * It is a pure function of trials, data and weights, with the same bits on every engine.
 *
 * @throws {InputError} If the weights do not fit a trial's net.
 */
export function inspectRepeat(repeat: readonly TrainedTrial[], setting: TrialSetting): Inspection {
  const { dataset } = setting;
  const { classNames, image, test, targets } = dataset;
  if (targets !== undefined) {
    const found = inspectTargets(meanOutputs(repeat, { setting }), { test, targets });
    return { classNames, image, confusion: [], mistakes: [], filters: [], targets: found };
  }
  const confused = classNames.length <= MOST_CONFUSED ? classNames : [];
  const confusion = confused.map(() => confused.map(() => 0));
  const mistakes: Omit<Mistake, "picture">[] = [];
  const predictions = { labels: [...test.labels], predicted: [] as number[], probabilities: [] as number[] };
  const visit = ({ row, predicted, probability }: RowPrediction) => {
    const label = test.labels[row];
    predictions.predicted[row] = predicted;
    predictions.probabilities[row] = keptProbability(probability);
    if (confusion.length > 0) confusion[label][predicted] += 1;
    if (predicted !== label) mistakes.push({ row, label, predicted, probability });
  };
  predictTest(repeat, { setting, visit });
  mistakes.sort((left, right) => right.probability - left.probability || left.row - right.row);
  return {
    classNames,
    image,
    confusion,
    mistakes: mistakes.slice(0, MOST_MISTAKES).map((mistake) => ({
      ...mistake,
      picture: image === null ? null : rowPicture(dataset, mistake.row),
    })),
    filters: image === null ? [] : filterPictures(bestOf(repeat), setting),
    ...test.labels.length <= MOST_PREDICTED ? { predictions } : {},
  };
}

function rowPicture({ test, inputDim }: Dataset, row: number): Picture {
  const pixels = test.x.subarray(row * inputDim, (row + 1) * inputDim);
  return toBase64(pixels instanceof Uint8Array ? pixels : stretch(pixels));
}

/** Returns the net that is best on validation by the metric that decides, the first of equal ones. */
function bestOf(repeat: readonly TrainedTrial[]): TrainedTrial {
  const { select = USUAL_METRIC } = repeat[0].trial.solver;
  const metric = metricFacts(select);
  const valueOf = ({ bestValidationAccuracy, bestMetrics = {} }: TrainedTrial) =>
    select === USUAL_METRIC ? bestValidationAccuracy! : bestMetrics[select]!;
  return repeat.reduce((best, one) => isBetter(valueOf(one), { than: valueOf(best), metric }) ? one : best);
}

function filterPictures({ trial, weights }: TrainedTrial, setting: TrialSetting): Picture[] {
  const net = createNet(trial, setting);
  net.restore(weights);
  const [{ value: { data, rows, cols } }] = net.parameters;
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
