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

const nothing = oneOf(null);

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
      trainAccuracy: aFraction,
      validationAccuracy: aFraction,
      learningRate: aNumber,
      weightsSha256: aText,
    },
    optional: { metrics: anObject },
  },
  done: {
    required: { trial: aText, bestEpoch: aCount, bestValidationAccuracy: aFraction, weightsSha256: aText },
    optional: { lastEpoch: aCount, bestMetrics: anObject },
  },
  diverged: { required: { trial: aText, epoch: aCount, reason: aText }, optional: { split: oneOf("test") } },
  failed: { required: { trial: aText, reason: aText } },
  test: {
    required: { trial: aText, testAccuracy: aFraction },
    optional: { metrics: anObject, folds: listOf(aText) },
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
    optional: { predictions: anything, folds: listOf(aText) },
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
  const inner = (name: string, required: Fields["required"]) => {
    for (const element of record[name] as readonly unknown[]) {
      checkFields(element, { ...place, path: name, required });
    }
  };
  if (record.type === "inspection") {
    inner("mistakes", MISTAKE);
    if (record.predictions !== undefined) {
      checkFields(record.predictions, { ...place, path: "predictions", required: PREDICTIONS });
    }
  }
  for (const path of ["metrics", "bestMetrics"]) {
    checkMetrics(record[path], { ...place, path, isTest: record.type === "test" });
  }
  if (record.type === "warnings") {
    inner("warnings", WARNING_FIELDS);
    if (record.datasets !== undefined) inner("datasets", DATASET_FACTS);
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
    required[name] = metricFacts(metric).format === "percent" ? aFraction : notNegative;
  }
  checkFields(values, { ...place, others: true, required });
}

const notNegative = numberWhere("a number from 0 on", (value) => value >= 0);
