import { type MetricName, type TestMetricValues, testName } from "../../core/facts/metric.ts";
import { meanInterval } from "../../statistics/mean_interval.ts";
import { type Measuring, valueOf } from "./metric.ts";
import type { PointResult, Spread, TrialResult, Winner } from "./summary.ts";

/**
 * Returns the mean and the sample standard deviation of the values, summed from first to last; null for none.
 *
 * @param options.folds The number of folds that the values are of. Default: they are of repeats.
 */
export function spreadOf(
  values: readonly number[],
  { folds }: { readonly folds?: number } = {},
): Spread | null {
  const interval = meanInterval(values);
  if (interval === null) return null;
  const { mean, standardDeviation } = interval;
  return { mean, standardDeviation, values, ...folds === undefined ? {} : { folds } };
}

/** Returns the further metrics of a point over the repeats that are done; no field if there are none. */
export function metricSpreads(
  results: readonly Pick<TrialResult, "bestValidationAccuracy" | "bestMetrics">[],
  { metrics, folds }: { readonly metrics: readonly MetricName[]; readonly folds?: number },
): Pick<PointResult, "metrics"> {
  const spreads = metrics.flatMap((name) => {
    const values = results.map((result) => valueOf(result, name)).filter((value) => value !== null);
    const spread = spreadOf(values, { folds });
    return spread === null ? [] : [[name, spread]];
  });
  return spreads.length === 0 ? {} : { metrics: Object.fromEntries(spreads) };
}

/** Returns the further metrics of the winner on the test split; no field if there are none. */
export function testSpreads(
  tests: readonly (TestMetricValues | undefined)[],
  { metrics = [] }: Measuring,
): Pick<Winner, "testMetrics"> {
  const spreads = metrics.map(testName).flatMap((name) => {
    const values = tests.map((test) => test?.[name]).filter((value) => value !== undefined);
    const spread = values.length === tests.length ? spreadOf(values) : null;
    return spread === null ? [] : [[name, spread]];
  });
  return spreads.length === 0 ? {} : { testMetrics: Object.fromEntries(spreads) };
}
