import { type MetricName, type TargetKind, topOf } from "../../../core/facts/metric.ts";
import type { FullyConnectedNet } from "../../net/fully_connected_net.ts";
import { type AccuracyOptions, bestClass, bindScores, type ScoresVisitor } from "./accuracy.ts";
import { auc } from "./auc.ts";
import { balancedAccuracy } from "./balanced_accuracy.ts";
import { crossEntropy } from "./cross_entropy.ts";
import { exactMatch, labelAccuracy, labelF1, sigmoidCrossEntropy } from "./label_errors.ts";
import { macroF1 } from "./macro_f1.ts";
import type { Meter, MeteredSplit } from "./meter.ts";
import { mae, r2, rmse, squaredError } from "./number_errors.ts";
import { topAccuracy } from "./top_accuracy.ts";

/** Options of {@link bindMetrics}. */
export interface MetricsOptions extends AccuracyOptions {
  /** What is measured besides the accuracy. */
  readonly metrics: readonly MetricName[];
}

/** The measurements of a net on some rows. */
export interface Measured {
  /** The fraction of rows that are right; null of numbers. */
  readonly accuracy: number | null;
  /** A value for each of the metrics, in their order. */
  readonly values: readonly number[];
}

/**
 * Binds the accuracy of a net on all rows of a split, and further metrics, in one pass over the rows.
 *
 * It throws a {@link NotFiniteError} at a row whose scores, or whose loss, are not finite.
 */
export function bindMetrics(
  net: FullyConnectedNet,
  { metrics, ...options }: MetricsOptions,
): () => Measured {
  const split = meteredSplit(options, net.numOutputs);
  const right = rightRows(split);
  const meters = [...right === null ? [] : [right], ...metrics.map((name) => createMeter(name, split))];
  const visitScores = bindScores(net, options);
  const add: ScoresVisitor = (row, scores, i) => {
    for (let j = 0; j < meters.length; j++) meters[j].add(row, scores, i);
  };
  return () => {
    for (const { begin } of meters) begin();
    visitScores(add);
    const values = meters.map(({ value }) => value());
    return right === null ? { accuracy: null, values } : { accuracy: values[0], values: values.slice(1) };
  };
}

/** Returns what meters need of a split; a net with one output for two classes has scores of both. */
export function meteredSplit(
  { split: { labels, lines, targets: values }, splitName, targets }: Pick<
    AccuracyOptions,
    "split" | "splitName" | "targets"
  >,
  numClasses: number,
): MeteredSplit {
  return {
    ...{ labels, lines, splitName, numClasses: Math.max(numClasses, 2) },
    ...targets === undefined ? {} : { targets: { ...targets, values: values! } },
  };
}

/** Makes the meter of the rows that are right; null of numbers. */
export function rightRows(split: MeteredSplit): Meter | null {
  const kind = split.targets?.kind ?? "class";
  return kind === "class" ? correctRows(split) : kind === "labels" ? exactMatch(split) : null;
}

function correctRows({ labels }: MeteredSplit): Meter {
  let [correct, rows] = [0, 0];
  return {
    begin() {
      [correct, rows] = [0, 0];
    },
    add(row, scores, i) {
      rows += 1;
      if (bestClass(scores, i) === labels[row]) correct += 1;
    },
    value: () => correct / rows,
  };
}

/** Makes the meter of a metric besides the accuracy. */
export function createMeter(name: MetricName, split: MeteredSplit): Meter {
  const top = topOf(name);
  if (top !== null) return topAccuracy(split, top);
  // Checked where metrics are declared: they measure data of this kind, and the accuracy is measured in any case.
  return METERS[split.targets?.kind ?? "class"][name]!(split);
}

type Meters = { readonly [Name in MetricName]?: (split: MeteredSplit) => Meter };

const METERS: Readonly<Record<TargetKind, Meters>> = {
  class: {
    validationLoss: crossEntropy,
    validationMacroF1: macroF1,
    validationBalancedAccuracy: balancedAccuracy,
    validationAuc: auc,
  },
  labels: {
    validationLoss: sigmoidCrossEntropy,
    validationMacroF1: labelF1,
    validationLabelAccuracy: labelAccuracy,
  },
  numbers: {
    validationLoss: squaredError,
    validationRmse: rmse,
    validationMae: mae,
    validationR2: r2,
  },
};
