import type { Dataset } from "../../data/base/dataset.ts";
import { checkMetricsData } from "../../nn/training/metrics/resolve_metrics.ts";
import type { ExperimentFacts } from "./experiment.ts";

/**
 * Checks that a data set has what the metrics of an experiment need, on the splits for validation and test.
 *
 * @throws {InputError} With the field that declares the metric, and what is missing.
 */
export function checkMeasurable(
  { name, metrics, select }: Pick<ExperimentFacts, "name" | "metrics" | "select">,
  dataset: Dataset,
): void {
  const place = { action: `run ${name}`, path: "", dataset };
  checkMetricsData({ metrics, select }, { ...place, splits: ["validation", "test"] });
}
