import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import { countClasses } from "../../data/folds/count_classes.ts";
import { checkMetricsData } from "../../nn/training/metrics/resolve_metrics.ts";
import type { ExperimentFacts } from "./experiment.ts";

/** The data of an experiment. */
export interface MeasuredData {
  readonly dataset: Dataset;
  /** The number of its folds. Default: none. */
  readonly folds?: number;
}

/**
 * Checks that a data set has what the metrics of an experiment need, on the splits for validation and test.
 *
 * @throws {InputError} With the field that declares the metric, and what is missing.
 */
export function checkMeasurable(
  { name, metrics, select }: Pick<ExperimentFacts, "name" | "metrics" | "select">,
  { dataset, folds }: MeasuredData,
): void {
  const place = { action: `run ${name}`, path: "", dataset };
  const splits = folds === undefined ? ["validation", "test"] as const : ["test"] as const;
  checkMetricsData({ metrics, select }, { ...place, splits });
  if (folds === undefined || metrics?.includes("validationAuc") !== true) return;
  for (const [fold, counts] of countClasses(dataset, folds).folds.entries()) {
    const missing = counts.indexOf(0);
    if (missing === -1) continue;
    throw new InputError(
      `Cannot run ${name}: ${
        select === "validationAuc" ? "select" : "metrics"
      } has "validationAuc", which needs rows of ` +
        `both classes in each fold, found none of class ${
          quoted(dataset.classNames[missing])
        } in fold ${fold}`,
    );
  }
}
