import { InputError } from "../../../core/check/errors.ts";
import { checkFields, type Rule, show } from "../../../core/check/fields.ts";
import {
  inMetricOrder,
  isMetricName,
  measuresKind,
  METRIC_NAMES_TEXT,
  type MetricName,
  type TargetKind,
  topOf,
  USUAL_METRIC,
  usualMetric,
  usualMetrics,
} from "../../../core/facts/metric.ts";
import type { Dataset } from "../../../data/base/dataset.ts";

/** What is measured besides the accuracy, and what chooses. */
export interface MetricsSpec {
  /** What is measured on validation besides what always is, in any order. Default: nothing. */
  readonly metrics?: readonly MetricName[];
  /**
   * The metric that chooses the best epoch; it is measured even if `metrics` lacks it. Default: "validationAccuracy", and
   * "validationRmse" for data with a target.
   */
  readonly select?: MetricName;
}

/** The location of the fields, for messages. */
export interface MetricsPlace {
  /** Completes "Cannot ...:". */
  readonly action: string;
  /** The path of the object with the fields, with a dot at its end, or "". */
  readonly path: string;
}

/** Options of {@link resolveMetrics}. */
export interface ResolveMetricsOptions extends MetricsPlace {
  /** What is predicted of the rows. Default: what the metrics measure, since data may differ by point. */
  readonly kind?: TargetKind;
}

/**
 * Checks metrics and returns them in the order in which they are measured, those that always are and the selected one among
 * them. Fields that only confirm a default of data with classes are left out, so that ids stay as they were.
 *
 * @throws {InputError} With the path of what is wrong.
 */
export function resolveMetrics(
  { metrics = [], select }: MetricsSpec,
  { action, path, kind }: ResolveMetricsOptions,
): MetricsSpec {
  if (!Array.isArray(metrics)) {
    throw new InputError(
      `Cannot ${action}: ${path}metrics must be a list of metrics, found ${show(metrics)}`,
    );
  }
  const names = Array.from(metrics as readonly MetricName[]);
  for (const [index, name] of names.entries()) {
    const field = `metrics[${index}]`;
    checkFields({ [field]: name ?? null }, {
      action,
      path: path.slice(0, -1),
      required: { [field]: aMetric },
    });
    const first = names.indexOf(name);
    if (first === index) continue;
    throw new InputError(
      `Cannot ${action}: ${path}${field} must be another metric than ${path}metrics[${first}], found ${
        show(name)
      }`,
    );
  }
  checkFields({ select }, { action, path: path.slice(0, -1), optional: { select: aMetric } });
  const declared = select === undefined ? names : [...names, select];
  const isOfNumbers = declared.some((name) => usualMetrics("numbers").includes(name));
  const own = kind ?? (isOfNumbers ? "numbers" : "class");
  const chosen = select ?? usualMetric(own);
  const all = new Set([...usualMetrics(own), ...names, chosen]);
  const measured = inMetricOrder([...all].filter((name) => name !== USUAL_METRIC));
  const resolved = {
    ...measured.length === 0 ? {} : { metrics: measured },
    ...chosen === USUAL_METRIC ? {} : { select: chosen },
  };
  if (kind !== undefined) {
    checkMetricKind({ metrics: [...names, chosen], select: chosen }, { action, path, kind });
  }
  return resolved;
}

/** What data of each kind are called in messages. */
const DATA: Readonly<Record<TargetKind, string>> = {
  class: "classes",
  labels: "several labels",
  numbers: "a target",
};

/**
 * Checks that metrics measure what is predicted of data.
 *
 * @throws {InputError} With the path of what is wrong.
 */
export function checkMetricKind(
  { metrics = [], select = USUAL_METRIC }: MetricsSpec,
  { action, path, kind }: MetricsPlace & { readonly kind: TargetKind },
): void {
  const wrong = [select, ...metrics].find((name) => !measuresKind(name, kind));
  if (wrong === undefined) return;
  const field = wrong === select ? "select" : "metrics";
  const kinds = (["class", "labels", "numbers"] as const).filter((other) => measuresKind(wrong, other));
  const needed = kinds.map((other) => DATA[other]).join(" or ");
  throw new InputError(
    `Cannot ${action}: ${path}${field} has "${wrong}", which needs data with ${needed}, found data with ${
      DATA[kind]
    }`,
  );
}

/**
 * Checks that metrics can be measured with a number of classes.
 *
 * @throws {InputError} With the path of what is wrong.
 */
export function checkMetricClasses(
  { metrics = [], select }: MetricsSpec,
  { action, path, numClasses }: MetricsPlace & { readonly numClasses: number },
): void {
  for (const name of metrics) {
    const top = topOf(name);
    const needed = name === "validationAuc" && numClasses !== 2
      ? "2 classes"
      : top !== null && top >= numClasses
      ? `at least ${top + 1} classes`
      : null;
    if (needed === null) continue;
    const field = name === select ? "select" : "metrics";
    throw new InputError(
      `Cannot ${action}: ${path}${field} has "${name}", which needs data of ${needed}, found ${numClasses}`,
    );
  }
}

/** Options of {@link checkMetricsData}. */
export interface MetricsDataOptions extends MetricsPlace {
  readonly dataset: Dataset;
  /** The splits that are measured. */
  readonly splits: readonly ("validation" | "test")[];
}

/**
 * Checks that metrics can be measured on splits of a data set.
 *
 * @throws {InputError} With what the data set lacks.
 */
export function checkMetricsData(spec: MetricsSpec, place: MetricsDataOptions): void {
  const { action, path, dataset, splits } = place;
  const kind = dataset.targets?.kind ?? "class";
  checkMetricKind(spec, { ...place, kind });
  if (kind !== "class") return;
  checkMetricClasses(spec, { ...place, numClasses: dataset.numClasses });
  if (spec.metrics?.includes("validationAuc") !== true) return;
  const field = spec.select === "validationAuc" ? "select" : "metrics";
  for (const split of splits) {
    const missing = [0, 1].find((label) => !dataset[split].labels.includes(label));
    if (missing === undefined) continue;
    throw new InputError(
      `Cannot ${action}: ${path}${field} has "validationAuc", which needs rows of both classes in the ${split} split, ` +
        `found none of class ${show(dataset.classNames[missing] ?? missing)}`,
    );
  }
}

const aMetric: Rule = { expected: METRIC_NAMES_TEXT, accepts: isMetricName };
