import { type MetricName, type TestMetricName, testName, USUAL_METRIC } from "./metric.ts";

/**
 * Which differences from a baseline fail a check.
 *
 * - "strict": any changed bit, and any trial that is new or gone.
 * - "accuracy": an accuracy that is worse by more than the tolerance, and what has no result: a trial that failed or
 *   diverged, a run that did not end, a damaged baseline.
 * - "report": none; all are shown.
 */
export type GatePolicy = "strict" | "accuracy" | "report";

/** Every {@link GatePolicy}. */
export const GATE_POLICIES: readonly GatePolicy[] = ["strict", "accuracy", "report"];

/** What a check may judge: the metric that decides, on validation or on the test split. */
export type GateMetric = MetricName | TestMetricName;

/** Returns every {@link GateMetric} where a metric decides. */
export function gateMetrics(select: MetricName = USUAL_METRIC): readonly GateMetric[] {
  return [select, testName(select)];
}
