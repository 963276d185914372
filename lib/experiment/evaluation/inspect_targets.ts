import type { Split } from "../../data/base/dataset.ts";
import type { Targets } from "../../data/base/targets.ts";
import { mae, r2, rmse } from "../../nn/training/metrics/number_errors.ts";
import {
  MOST_PREDICTED,
  type NumberMeasures,
  type TargetInspection,
  type TargetMeasures,
  type TargetPredictions,
} from "../trial/inspection.ts";
import type { Outputs } from "../../nn/training/metrics/mean_outputs.ts";

/** Significant digits of predicted numbers and of probabilities. */
const DIGITS = { numbers: 9, labels: 6 } as const;

/**
 * Returns the predictions of targets on the test split, and how good each is, from what `meanOutputs` gives.
 */
export function inspectTargets(
  outputs: Outputs,
  { test, targets }: { readonly test: Split; readonly targets: Targets },
): TargetInspection {
  const { kind, names } = targets;
  const columns = names.map((_, target): PredictedColumn => ({
    values: column({ ...outputs, data: test.targets! }, target),
    predicted: column(outputs, target),
  }));
  return {
    kind,
    names,
    measures: columns.map(MEASURES[kind]),
    ...test.n * names.length <= MOST_PREDICTED
      ? { predictions: columns.map((own) => rounded(own, DIGITS[kind])) }
      : {},
  };
}

/** A target of each row, and what is predicted of it. */
export interface PredictedColumn {
  readonly values: Float64Array;
  readonly predicted: Float64Array;
}

/** Returns the errors of predicted numbers. */
export function numberMeasures({ values, predicted }: PredictedColumn): NumberMeasures {
  const targets = { kind: "numbers", names: [""], scales: [{ offset: 0, divisor: 1 }], values } as const;
  const split = { labels: new Int32Array(), splitName: "the rows", numClasses: 1, targets };
  const measure = (create: typeof rmse) => {
    const meter = create(split);
    meter.begin();
    const scores = { rows: predicted.length, cols: 1, data: predicted };
    for (let row = 0; row < predicted.length; row++) meter.add(row, scores, row);
    return meter.value();
  };
  return { rmse: measure(rmse), mae: measure(mae), r2: measure(r2) };
}

function column({ rows, cols, data }: Outputs, index: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => data[row * cols + index]);
}

function rounded({ values, predicted }: PredictedColumn, digits: number): TargetPredictions {
  return {
    values: Array.from(values),
    predicted: Array.from(predicted, (value) => Number(value.toPrecision(digits))),
  };
}

const MEASURES: Readonly<Record<Targets["kind"], (column: PredictedColumn) => TargetMeasures>> = {
  numbers: numberMeasures,
  labels({ values, predicted }) {
    const count = (label: 0 | 1, isPredicted: boolean) =>
      predicted.reduce(
        (sum, value, row) => sum + Number(values[row] === label && value > 0.5 === isPredicted),
        0,
      );
    return {
      trueNegative: count(0, false),
      falsePositive: count(0, true),
      falseNegative: count(1, false),
      truePositive: count(1, true),
    };
  },
};
