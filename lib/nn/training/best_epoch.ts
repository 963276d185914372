import { gainOf, isBetter, metricFacts, type MetricName, USUAL_METRIC } from "../../core/facts/metric.ts";
import type { Improvement } from "./checkpoint.ts";
import type { EpochMeasurements } from "./epoch_measurements.ts";
import type { ResolvedSolver } from "./resolve_solver.ts";
import type { SolverResult } from "./solver_result.ts";

/** An epoch and what it measured. */
export interface MeasuredEpoch extends EpochMeasurements {
  readonly epoch: number;
  readonly weightsSha256: string;
}

/** Returns the result of training if it ended with an epoch whose weights are the best. */
export function bestOf(record: MeasuredEpoch, weights: Uint8Array): SolverResult {
  const { epoch: bestEpoch, validationAccuracy: bestValidationAccuracy, metrics, weightsSha256 } = record;
  const measured = metrics === undefined ? {} : { bestMetrics: metrics };
  const accuracy = bestValidationAccuracy === undefined ? {} : { bestValidationAccuracy };
  return { bestEpoch, ...accuracy, ...measured, weights, weightsSha256 };
}

/** The best epoch so far, and the metric that chooses. */
export interface Race {
  readonly best: SolverResult;
  readonly select: MetricName;
}

/** Returns whether an epoch is better than the best before it. */
export function isBest(record: MeasuredEpoch, { best, select }: Race): boolean {
  const { bestValidationAccuracy: validationAccuracy, bestMetrics: metrics } = best;
  const than = metricValue({ validationAccuracy, metrics }, select);
  return isBetter(metricValue(record, select), { than, metric: metricFacts(select) });
}

/** Returns the value of a metric that was measured. */
export function metricValue(
  { validationAccuracy, metrics }: Pick<EpochMeasurements, "validationAccuracy" | "metrics">,
  name: MetricName,
): number {
  return name === USUAL_METRIC ? validationAccuracy! : metrics![name]!;
}

/** An epoch, and how patience judges it. */
export interface Judged {
  readonly record: MeasuredEpoch;
  readonly patience: NonNullable<ResolvedSolver["patience"]>;
  readonly select: MetricName;
}

/** Returns the last epoch that was better than the one that this was said of before, by more than `minDelta`. */
export function lastImprovement(
  before: Improvement | null,
  { record, patience: { minDelta, metric: name }, select }: Judged,
): Improvement {
  const value = metricValue(record, name ?? select);
  const metric = metricFacts(name ?? select);
  if (before !== null && gainOf(value, { over: before.value, metric }) <= minDelta) return before;
  return { epoch: record.epoch, value };
}
