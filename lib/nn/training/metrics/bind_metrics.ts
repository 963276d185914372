import { type MetricName, topOf } from "../../../core/facts/metric.ts";
import type { FullyConnectedNet } from "../../net/fully_connected_net.ts";
import { type AccuracyOptions, bestClass, bindScores, type ScoresVisitor } from "./accuracy.ts";
import { auc } from "./auc.ts";
import { balancedAccuracy } from "./balanced_accuracy.ts";
import { crossEntropy } from "./cross_entropy.ts";
import { macroF1 } from "./macro_f1.ts";
import type { Meter, MeteredSplit } from "./meter.ts";
import { topAccuracy } from "./top_accuracy.ts";

/** Options of {@link bindMetrics}. */
export interface MetricsOptions extends AccuracyOptions {
  /** What is measured besides the accuracy. */
  readonly metrics: readonly MetricName[];
}

/** The measurements of a net on some rows. */
export interface Measured {
  /** As `bindAccuracy` gives it. */
  readonly accuracy: number;
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
  const { split: { labels, lines }, splitName, rows } = options;
  const split = { labels, lines, splitName, numClasses: net.numClasses };
  const meters = metrics.map((name) => createMeter(name, split));
  const visitScores = bindScores(net, options);
  let correct = 0;
  const add: ScoresVisitor = (row, scores, i) => {
    if (bestClass(scores, i) === labels[row]) correct++;
    for (let j = 0; j < meters.length; j++) meters[j].add(row, scores, i);
  };
  return () => {
    correct = 0;
    for (const { begin } of meters) begin();
    visitScores(add);
    return { accuracy: correct / rows.length, values: meters.map(({ value }) => value()) };
  };
}

/** Makes the meter of a metric besides the accuracy. */
export function createMeter(name: MetricName, split: MeteredSplit): Meter {
  const top = topOf(name);
  if (top !== null) return topAccuracy(split, top);
  // Checked where metrics are declared: `validationAccuracy` is measured in any case.
  return METERS[name as keyof typeof METERS](split);
}

const METERS = {
  validationLoss: crossEntropy,
  validationMacroF1: macroF1,
  validationBalancedAccuracy: balancedAccuracy,
  validationAuc: auc,
} satisfies { readonly [Name in MetricName]?: (split: MeteredSplit) => Meter };
