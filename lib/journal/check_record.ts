import { InputError } from "../core/check/errors.ts";
import {
  aCount,
  aFraction,
  aNumber,
  anything,
  aText,
  checkFields,
  either,
  type Fields,
  listOf,
  oneOf,
  wholeNumber,
} from "../core/check/fields.ts";
import { WARNING_FIELDS } from "../core/check/warning.ts";

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
  },
  done: {
    required: { trial: aText, bestEpoch: aCount, bestValidationAccuracy: aFraction, weightsSha256: aText },
    optional: { lastEpoch: aCount },
  },
  diverged: { required: { trial: aText, epoch: aCount, reason: aText }, optional: { split: oneOf("test") } },
  failed: { required: { trial: aText, reason: aText } },
  test: { required: { trial: aText, testAccuracy: aFraction } },
  inspection: {
    required: {
      trial: aText,
      classNames: listOf(aText),
      image: anything,
      confusion: listOf(listOf(aCount)),
      mistakes: listOf(anything),
      filters: listOf(aText),
    },
    optional: { predictions: anything },
  },
  warnings: { required: { warnings: listOf(anything) } },
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
  if (record.type === "warnings") inner("warnings", WARNING_FIELDS);
}
