import { type MetricFacts, metricFacts, testName } from "../../core/facts/metric.ts";
import { type Measuring, testValueOf, validationMetrics } from "../summary/metric.ts";
import type { Winner } from "../summary/summary.ts";

/** What the winner's nets have together of a metric on the test split. */
export interface EnsembleValue {
  readonly metric: MetricFacts;
  /** One value: nothing is repeated. */
  readonly mean: number;
}

/** Returns what the winner's nets have together, the metric that decides first; nothing without an ensemble. */
export function ensembleValues(
  { ensemble }: Pick<Winner, "ensemble">,
  experiment: Measuring,
): readonly EnsembleValue[] {
  if (ensemble === undefined) return [];
  return validationMetrics(experiment).flatMap(({ name }) => {
    const mean = testValueOf(ensemble, testName(name));
    return mean === null ? [] : [{ metric: metricFacts(testName(name)), mean }];
  });
}

/** Returns how many nets predict together, such as "3 nets by their mean probabilities"; of numbers there is no accuracy. */
export function netsText(
  { trials, validationAccuracy }: Pick<Winner, "trials" | "validationAccuracy">,
): string {
  return `${trials.length} nets by their mean ${
    validationAccuracy === null ? "predictions" : "probabilities"
  }`;
}
