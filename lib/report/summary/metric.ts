import {
  measuresNumbers,
  type MetricFacts,
  metricFacts,
  type MetricName,
  type TestMetricName,
  testName,
  USUAL_METRIC,
} from "../../core/facts/metric.ts";
import type { ExperimentFacts } from "../../experiment/declaration/experiment.ts";
import type { PointResult, Spread, TrialResult, Winner } from "./summary.ts";

/** A measurement of a trial at each epoch. */
export interface Metric extends Pick<MetricFacts, "label" | "higherIsBetter" | "format"> {
  /** The field of a curve that holds it. */
  readonly name: MetricName | "trainAccuracy" | "trainRmse" | "loss";
}

/** What an experiment measures and selects. */
export type Measuring = Pick<ExperimentFacts, "metrics" | "select">;

const TRAIN_ACCURACY: Metric = {
  ...{ name: "trainAccuracy", label: "training accuracy" },
  ...{ higherIsBetter: true, format: "percent" },
};
const TRAIN_RMSE: Metric = {
  ...{ name: "trainRmse", label: "training RMSE" },
  ...{ higherIsBetter: false, format: "number" },
};
const LOSS: Metric = {
  ...{ name: "loss", label: "training loss" },
  ...{ higherIsBetter: false, format: "number" },
};

/** Returns the metric that chooses epochs and the winner. */
export function selectedMetric({ select = USUAL_METRIC }: Measuring): MetricFacts & Metric {
  return validationMetric(select);
}

/** Returns the metric of the test split that is measured as the selected one. */
export function testedMetric({ select = USUAL_METRIC }: Measuring): MetricFacts {
  return metricFacts(testName(select));
}

/** Returns what is measured on the validation split, the metric that decides first. */
export function validationMetrics(
  { metrics = [], select = USUAL_METRIC }: Measuring,
): readonly (MetricFacts & Metric)[] {
  const usual: readonly MetricName[] = measuresNumbers({ metrics }) ? [] : [USUAL_METRIC];
  return [...new Set<MetricName>([select, ...usual, ...metrics])].map(validationMetric);
}

/** Returns what is measured at each epoch, the metric that decides first. */
export function epochMetrics(experiment: Measuring): readonly Metric[] {
  const [selected, ...others] = validationMetrics(experiment);
  return [selected, measuresNumbers(experiment) ? TRAIN_RMSE : TRAIN_ACCURACY, LOSS, ...others];
}

function validationMetric(name: MetricName): MetricFacts & Metric {
  return { ...metricFacts(name), name };
}

/** Returns a trial's value of a metric on the validation split at its best epoch; null if it has none. */
export function valueOf(
  { bestValidationAccuracy = null, bestMetrics = {} }: Partial<
    Pick<TrialResult, "bestValidationAccuracy" | "bestMetrics">
  >,
  name: MetricName,
): number | null {
  return name === USUAL_METRIC ? bestValidationAccuracy : bestMetrics[name] ?? null;
}

/** Returns a trial's value of a metric on the test split; null if it has none. */
export function testValueOf(
  { testAccuracy, testMetrics = {} }: Pick<TrialResult, "testAccuracy" | "testMetrics">,
  name: TestMetricName,
): number | null {
  return name === "testAccuracy" ? testAccuracy : testMetrics[name] ?? null;
}

/** Returns the values of a metric over the repeats of a point; null if there are none. */
export function spreadOfMetric(
  { validationAccuracy, metrics = {} }: Pick<PointResult, "validationAccuracy" | "metrics">,
  name: MetricName,
): Spread | null {
  return name === USUAL_METRIC ? validationAccuracy : metrics[name] ?? null;
}

/** Returns whether the winner, or a trial of it, was evaluated on the test split. */
export function isTested(
  { testAccuracy, testMetrics }: { readonly testAccuracy: unknown; readonly testMetrics?: object },
): boolean {
  return testAccuracy !== null || testMetrics !== undefined;
}

/** Returns the number of folds over which the winner was measured; 1 without folds. */
export function foldsOf(
  { validationAccuracy, metrics = {} }: Pick<Winner, "validationAccuracy" | "metrics">,
): number {
  const [spread] = validationAccuracy === null ? Object.values(metrics) : [validationAccuracy];
  return spread?.folds ?? 1;
}

/** Returns the winner's values of a metric on the test split; null before it is evaluated. */
export function testSpreadOf(
  { testAccuracy, testMetrics = {} }: Pick<Winner, "testAccuracy" | "testMetrics">,
  name: TestMetricName,
): Spread | null {
  return name === "testAccuracy" ? testAccuracy : testMetrics[name] ?? null;
}
