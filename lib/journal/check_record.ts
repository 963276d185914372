import { InputError } from "../core/check/errors.ts";
import {
  aCount,
  aFraction,
  anObject,
  aNumber,
  anything,
  aText,
  checkFields,
  either,
  type Fields,
  type FieldsPlace,
  listOf,
  numberWhere,
  oneOf,
  type Rule,
  wholeNumber,
} from "../core/check/fields.ts";
import { WARNING_FIELDS } from "../core/check/warning.ts";
import { isMetricName, metricFacts, testName } from "../core/facts/metric.ts";
import type { TargetInspection } from "../experiment/trial/inspection.ts";

const nothing = oneOf(null);
const notNegative = numberWhere("a number from 0 on", (value) => value >= 0);

const FIELDS: Readonly<Record<string, Fields>> = {
  header: {
    required: {
      experiment: aText,
      experimentDigest: aText,
      dataDigest: aText,
      numericsVersion: wholeNumber({ min: 1 }),
    },
    optional: { dataDigests: listOf(aText) },
  },
  epoch: {
    required: {
      trial: aText,
      epoch: aCount,
      loss: either(aNumber, nothing),
      learningRate: aNumber,
      weightsSha256: aText,
    },
    optional: {
      trainAccuracy: aFraction,
      trainRmse: notNegative,
      validationAccuracy: aFraction,
      metrics: anObject,
    },
  },
  done: {
    required: { trial: aText, bestEpoch: aCount, weightsSha256: aText },
    optional: { bestValidationAccuracy: aFraction, lastEpoch: aCount, bestMetrics: anObject },
  },
  diverged: { required: { trial: aText, epoch: aCount, reason: aText }, optional: { split: oneOf("test") } },
  failed: { required: { trial: aText, reason: aText } },
  test: {
    required: { trial: aText },
    optional: { testAccuracy: aFraction, metrics: anObject, folds: listOf(aText) },
  },
  ensemble: {
    required: { trial: aText, trials: listOf(aText) },
    optional: { testAccuracy: aFraction, metrics: anObject, predictions: anything, targets: anything },
  },
  inspection: {
    required: {
      trial: aText,
      classNames: listOf(aText),
      image: anything,
      confusion: listOf(listOf(aCount)),
      mistakes: listOf(anything),
      filters: listOf(aText),
    },
    optional: { predictions: anything, targets: anything, folds: listOf(aText) },
  },
  warnings: { required: { warnings: listOf(anything) }, optional: { datasets: listOf(anything) } },
};

const DATASET_FACTS: Fields["required"] = {
  dataDigest: aText,
  rows: anObject,
  classNames: listOf(aText),
  preparations: listOf(anObject),
};

const MISTAKE: Fields["required"] = {
  row: aCount,
  label: aCount,
  predicted: aCount,
  probability: aFraction,
  picture: either(aText, nothing),
};

const PREDICTIONS: Fields["required"] = {
  labels: listOf(aCount),
  predicted: listOf(aCount),
  probabilities: listOf(aFraction),
};

const TARGETS: Fields = {
  required: { kind: oneOf("numbers", "labels"), names: listOf(aText), measures: listOf(anObject) },
  optional: { predictions: listOf(anObject) },
};

const TARGET_PREDICTIONS: Fields["required"] = { values: listOf(aNumber), predicted: listOf(aNumber) };

/** What a record has of numbers takes the place of its accuracies. */
const ACCURACIES: Readonly<Record<string, readonly [accuracy: string, metrics: string, other: string]>> = {
  epoch: ["validationAccuracy", "metrics", "validationRmse"],
  done: ["bestValidationAccuracy", "bestMetrics", "validationRmse"],
  test: ["testAccuracy", "metrics", "testRmse"],
  ensemble: ["testAccuracy", "metrics", "testRmse"],
};

/**
 * Checks that a value is a record of a journal; it may have fields that this version does not know.
 *
 * @throws {InputError} If it is not: a checksum shows that a line is unchanged, not that Seedbed wrote it.
 */
export function checkRecord(value: unknown): void {
  const place = { action: "read a record", path: "", others: true };
  checkFields(value, { ...place, required: { type: aText } });
  const record = value as { readonly type: string; readonly [field: string]: unknown };
  if (!Object.hasOwn(FIELDS, record.type)) {
    throw new InputError(
      `Cannot read a record: type must be one that this version knows, found ${record.type}`,
    );
  }
  checkFields(record, { ...place, ...FIELDS[record.type] });
  checkAccuracy(record, place);
  const inner = (name: string, required: Fields["required"]) => {
    for (const element of record[name] as readonly unknown[]) {
      checkFields(element, { ...place, path: name, required });
    }
  };
  if (record.type === "inspection") inner("mistakes", MISTAKE);
  const isTest = record.type === "test" || record.type === "ensemble";
  if (record.type === "inspection" || record.type === "ensemble") {
    if (record.predictions !== undefined) {
      checkFields(record.predictions, { ...place, path: "predictions", required: PREDICTIONS });
    }
    if (record.targets !== undefined) checkTargets(record.targets, place);
  }
  for (const path of ["metrics", "bestMetrics"]) {
    checkMetrics(record[path], { ...place, path, isTest });
  }
  if (record.type === "warnings") {
    inner("warnings", WARNING_FIELDS);
    if (record.datasets !== undefined) inner("datasets", DATASET_FACTS);
  }
}

/** Of classes and labels a record has an accuracy; of numbers it has an RMSE. */
function checkAccuracy(
  record: { readonly type: string; readonly [field: string]: unknown },
  place: FieldsPlace,
): void {
  if (!Object.hasOwn(ACCURACIES, record.type)) return;
  const [accuracy, metrics, other] = ACCURACIES[record.type];
  const measured = record[metrics] as Readonly<Record<string, unknown>> | undefined;
  if (record.type === "epoch" && (record.trainRmse !== undefined || measured?.[other] !== undefined)) {
    checkFields(record, { ...place, others: true, required: { trainRmse: notNegative, metrics: anObject } });
    checkFields(measured, { ...place, path: "metrics", others: true, required: { [other]: notNegative } });
    return;
  }
  if (measured?.[other] !== undefined) return;
  const names = record.type === "epoch" ? ["trainAccuracy", accuracy] : [accuracy];
  const required = Object.fromEntries(names.map((name) => [name, aFraction]));
  checkFields(record, { ...place, others: true, required });
}

function checkTargets(targets: unknown, place: FieldsPlace): void {
  checkFields(targets, { ...place, path: "targets", ...TARGETS, others: true });
  const { predictions = [] } = targets as TargetInspection;
  for (const own of predictions) {
    checkFields(own, { ...place, path: "targets.predictions", required: TARGET_PREDICTIONS, others: true });
  }
}

interface MetricsPlace extends FieldsPlace {
  readonly isTest: boolean;
}

/** A metric that this version does not know may be from a later one. */
function checkMetrics(values: unknown, { isTest, ...place }: MetricsPlace): void {
  if (values === undefined) return;
  const required: Record<string, Rule> = {};
  for (const name of Object.keys(values as object)) {
    const metric = isTest ? name.replace(/^test/, "validation") : name;
    if (!isMetricName(metric) || (isTest && testName(metric) !== name)) continue;
    const { format, higherIsBetter } = metricFacts(metric);
    // R² is below 0 where the mean of the split predicts better.
    required[name] = format === "percent" ? aFraction : higherIsBetter ? aNumber : notNegative;
  }
  checkFields(values, { ...place, others: true, required });
}
