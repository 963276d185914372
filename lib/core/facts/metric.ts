/** What is measured of a net on a split. */
export type Measure =
  | "Accuracy"
  | "Loss"
  | "MacroF1"
  | "BalancedAccuracy"
  | `Top${number}Accuracy`
  | "Auc"
  | "LabelAccuracy"
  | "Rmse"
  | "Mae"
  | "R2";

/** What is predicted of a row: one of some classes, several labels that are each true or false, or numbers. */
export type TargetKind = "class" | "labels" | "numbers";

/**
 * The name of a measurement on the validation split after an epoch. Of data with classes or labels the accuracy is always
 * measured, of data with numbers RMSE, MAE and R²; the others where an experiment declares them.
 *
 * - `validationAccuracy`: the fraction of rows whose label has the highest score; of equal scores the first counts. With
 *   several labels at once, the fraction of rows of which each label is right, as scikit-learn's `accuracy_score`.
 * - `validationLoss`: the mean loss without penalties: softmax cross-entropy of classes, sigmoid cross-entropy over all labels,
 *   and the squared error of standardized numbers. Less is better.
 * - `validationMacroF1`: mean F1 of the classes that are a label or a prediction of a row.
 * - `validationBalancedAccuracy`: mean recall of the classes that are a label of a row.
 * - `validationTop2Accuracy`, `validationTop3Accuracy`, ...: the fraction of rows whose label is among the k highest
 *   scores; k is below the number of classes.
 * - `validationAuc`: the area under the ROC curve; only for two classes, the second of which is the positive one.
 * - `validationLabelAccuracy`: of several labels at once, the fraction of all labels that are right.
 * - `validationRmse`: the root of the mean squared error of numbers, in their own unit; of several columns the mean of theirs.
 *   Less is better.
 * - `validationMae`: the mean absolute error, likewise. Less is better.
 * - `validationR2`: 1 less the squared error as a fraction of that of the mean of the split, likewise.
 */
export type MetricName = `validation${Measure}`;

/** The name of a measurement on the test split: that of a {@link MetricName}, with `test` in place of `validation`. */
export type TestMetricName = `test${Measure}`;

/** Measurements by the names of their metrics. */
export type MetricValues = { readonly [Name in MetricName]?: number };

/** Measurements on the test split by the names of their metrics. */
export type TestMetricValues = { readonly [Name in TestMetricName]?: number };

/** What readers of a metric's values must know. */
export interface MetricFacts {
  /** Its name in files. */
  readonly name: MetricName | TestMetricName;
  /** Its name for readers, such as "validation loss". */
  readonly label: string;
  /** The same without the split, such as "loss". */
  readonly measure: string;
  /** Whether of two values the higher is the better one. */
  readonly higherIsBetter: boolean;
  /** How its values are written; those written in percent are fractions from 0 to 1. */
  readonly format: "percent" | "number";
  /** Whether it is the fraction of rows that are right, whose chance is known from their number. */
  readonly isShareOfRows: boolean;
}

/** The metric that chooses the best epoch and the winner unless an experiment selects another. */
export const USUAL_METRIC = "validationAccuracy" satisfies MetricName;

/** A text for readers that lists every {@link MetricName}. */
export const METRIC_NAMES_TEXT =
  '"validationAccuracy", "validationLoss", "validationMacroF1", "validationBalancedAccuracy", ' +
  '"validationTop2Accuracy" (or another k from 2 on), "validationAuc", "validationLabelAccuracy", "validationRmse", ' +
  '"validationMae" or "validationR2"';

/** Returns the metric that chooses unless an experiment selects another. */
export function usualMetric(kind: TargetKind): MetricName {
  return kind === "numbers" ? "validationRmse" : USUAL_METRIC;
}

/** Returns the metrics that are measured of data of a kind in any case, besides the accuracy. */
export function usualMetrics(kind: TargetKind): readonly MetricName[] {
  return kind === "numbers" ? ["validationRmse", "validationMae", "validationR2"] : [];
}

/** Returns whether what is measured is of numbers, for which there is no accuracy; RMSE is always among it. */
export function measuresNumbers({ metrics = [] }: { readonly metrics?: readonly MetricName[] }): boolean {
  return metrics.includes("validationRmse");
}

/** Returns whether a metric measures predictions of a kind. */
export function measuresKind(name: MetricName, kind: TargetKind): boolean {
  return findMeasure(suffix(name))!.kinds.includes(kind);
}

/** Returns whether a value is the name of a metric. */
export function isMetricName(value: unknown): value is MetricName {
  return typeof value === "string" && value.startsWith("validation") && findMeasure(suffix(value)) !== null;
}

/** Returns what readers of a metric's values must know. */
export function metricFacts(name: MetricName | TestMetricName): MetricFacts {
  const split = name.startsWith("test") ? "test" : "validation";
  const { label, isLoss = false, isShare = !isLoss } = findMeasure(suffix(name))!;
  return {
    name,
    label: `${split} ${label}`,
    measure: label,
    higherIsBetter: !isLoss,
    format: isShare ? "percent" : "number",
    isShareOfRows: /(validation|test|Top\d+)Accuracy$/.test(name),
  };
}

/** Returns the k of a top-k accuracy, or null for another metric. */
export function topOf(name: MetricName | TestMetricName): number | null {
  const match = TOP.exec(suffix(name));
  return match === null ? null : Number(match[1]);
}

/** Returns the name that a metric has on the test split. */
export function testName(name: MetricName): TestMetricName {
  return `test${suffix(name)}` as TestMetricName;
}

/** Returns metrics in the order in which they are measured and shown, whatever the order in which they were declared. */
export function inMetricOrder<N extends MetricName | TestMetricName>(names: readonly N[]): readonly N[] {
  const place = (name: N) => topOf(name) ?? -1;
  return names.toSorted((left, right) => rank(left) - rank(right) || place(left) - place(right));
}

/** Returns measurements in the order of {@link inMetricOrder}: a journal sorts them by name. */
export function orderedValues<V extends MetricValues | TestMetricValues>(values: V): V {
  const names = inMetricOrder(Object.keys(values) as MetricName[]);
  // Each name is one of the values.
  return Object.fromEntries(names.map((name) => [name, values[name as keyof V]])) as unknown as V;
}

/** Returns whether a value of a metric is better than another; of equal ones neither is. */
export function isBetter(
  value: number,
  { than, metric: { higherIsBetter } }: {
    readonly than: number;
    readonly metric: Pick<MetricFacts, "higherIsBetter">;
  },
): boolean {
  return higherIsBetter ? value > than : value < than;
}

/** Returns by how much a value of a metric is better than another; it is negative if the value is worse. */
export function gainOf(
  value: number,
  { over, metric: { higherIsBetter } }: {
    readonly over: number;
    readonly metric: Pick<MetricFacts, "higherIsBetter">;
  },
): number {
  return higherIsBetter ? value - over : over - value;
}

interface MeasureFacts {
  readonly label: string;
  /** The kinds of what is predicted that it measures. */
  readonly kinds: readonly TargetKind[];
  /** Whether less is better. Default: false. */
  readonly isLoss?: boolean;
  /** Whether it is a fraction from 0 to 1. Default: unless less is better. */
  readonly isShare?: boolean;
}

const TOP = /^Top([2-9]|[1-9]\d{1,5})Accuracy$/;

/** The measures, in the order in which they are shown; a top-k accuracy stands before the last. */
const MEASURES: Readonly<Record<string, MeasureFacts>> = {
  Accuracy: { label: "accuracy", kinds: ["class", "labels"] },
  Rmse: { label: "RMSE", kinds: ["numbers"], isLoss: true },
  Mae: { label: "MAE", kinds: ["numbers"], isLoss: true },
  R2: { label: "R²", kinds: ["numbers"], isShare: false },
  Loss: { label: "loss", kinds: ["class", "labels", "numbers"], isLoss: true },
  LabelAccuracy: { label: "label accuracy", kinds: ["labels"] },
  MacroF1: { label: "macro F1", kinds: ["class", "labels"] },
  BalancedAccuracy: { label: "balanced accuracy", kinds: ["class"] },
  TopAccuracy: { label: "top-k accuracy", kinds: ["class"] },
  Auc: { label: "AUC", kinds: ["class"] },
};

function findMeasure(measure: string): MeasureFacts | null {
  const match = TOP.exec(measure);
  if (match !== null) return { ...MEASURES.TopAccuracy, label: `top-${match[1]} accuracy` };
  if (measure === "TopAccuracy" || !Object.hasOwn(MEASURES, measure)) return null;
  return MEASURES[measure];
}

function rank(name: MetricName | TestMetricName): number {
  return Object.keys(MEASURES).indexOf(topOf(name) === null ? suffix(name) : "TopAccuracy");
}

function suffix(name: string): string {
  return name.replace(/^(validation|test)/, "");
}
