import { InputError } from "../core/check/errors.ts";
import {
  aBoolean,
  aFraction,
  aNumber,
  checkFields,
  either,
  numberWhere,
  oneOf,
  type Rule,
  show,
  someText,
} from "../core/check/fields.ts";
import type { DatePart } from "../data/base/column_spec.ts";
import { featureNames, type Preparation, type PreparedColumn } from "../data/base/preparation.ts";
import { dateReader } from "../data/text/date_reader.ts";
import { differentTexts } from "./text_rules.ts";

/** What a preparation must agree with. */
export interface PreparedFeatures {
  /** Completes "Cannot ...:". */
  readonly action: string;
  readonly inputDim: number;
  readonly featureNames: readonly string[] | null;
}

/**
 * Checks the form of a preparation that was read from a file, and that it gives the model's features.
 *
 * @throws {InputError} With the first wrong field.
 */
export function checkPreparation(
  preparation: unknown,
  { action, inputDim, featureNames: names }: PreparedFeatures,
): asserts preparation is Preparation {
  checkFields(preparation, { action, path: "preparation", required: { columns: someObjects } });
  const { columns } = preparation as unknown as Preparation;
  columns.forEach((column, index) => checkColumn(column, { action, path: `preparation.columns[${index}]` }));
  const twice = columns.find(({ name }, index) => columns.findIndex((other) => other.name === name) < index);
  if (twice !== undefined) {
    throw new InputError(
      `Cannot ${action}: preparation.columns must have different names, found ${show(twice.name)} twice`,
    );
  }
  const own = featureNames({ columns });
  if (own.length !== inputDim) {
    throw new InputError(
      `Cannot ${action}: preparation must give inputDim = ${inputDim} features, found ${own.length}`,
    );
  }
  const wrong = own.findIndex((name, index) => name !== names?.[index]);
  if (wrong === -1) return;
  throw new InputError(
    `Cannot ${action}: featureNames[${wrong}] must be ${show(own[wrong])}, as preparation says, found ${
      show(names?.[wrong] ?? null)
    }`,
  );
}

const someObjects: Rule = {
  expected: "a list of at least 1 object",
  accepts: (value) => Array.isArray(value) && value.length > 0,
};

const someTexts: Rule = {
  expected: "a list of at least 1 different texts",
  accepts: (value) => differentTexts.accepts(value) && (value as readonly string[]).length > 0,
};

const aDivisor = numberWhere("a finite number other than 0", (value) => value !== 0);

const PARTS: readonly DatePart[] = ["days", "year", "month", "day", "weekday", "dayOfYear", "hour"];

/** What every column has. */
const BASE = { name: someText, isMarked: aBoolean, isRequired: aBoolean };

type Fields = Readonly<Record<string, Rule>>;

const anyObject: Rule = {
  expected: "an object",
  accepts: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

const KINDS: Readonly<
  Record<PreparedColumn["kind"], { readonly required: Fields; readonly optional?: Fields }>
> = {
  numeric: { required: { fill: aNumber, scale: anyObject } },
  ordinal: { required: { order: someTexts, fill: aNumber, scale: anyObject } },
  boolean: { required: { fill: aFraction } },
  date: {
    required: { fill: aNumber, first: aNumber, parts: someObjects },
    optional: { format: someText },
  },
  categorical: {
    required: { categories: someTexts, fill: either(someText, oneOf(null)), isClosed: aBoolean },
  },
};

interface Place {
  readonly action: string;
  readonly path: string;
}

function checkColumn(column: PreparedColumn, { action, path }: Place): void {
  const kind = oneOf(...Object.keys(KINDS));
  checkFields(column, { action, path, required: { kind }, others: true });
  const { required, optional } = KINDS[column.kind];
  checkFields(column, { action, path, required: { kind, ...BASE, ...required }, optional });
  if ("scale" in column) checkScale(column.scale, { action, path: `${path}.scale` });
  if (column.kind !== "date") return;
  column.parts.forEach((part, index) => {
    const place = { action, path: `${path}.parts[${index}]` };
    checkFields(part, { ...place, required: { part: oneOf(...PARTS), scale: anyObject } });
    checkScale(part.scale, { action, path: `${place.path}.scale` });
  });
  const names = column.parts.map(({ part }) => part);
  if (new Set(names).size < names.length) {
    throw new InputError(`Cannot ${action}: ${path}.parts must be different, found ${show(names)}`);
  }
  if (column.format !== undefined) checkFormat(column.format, { action, path: `${path}.format` });
}

function checkScale(scale: unknown, place: Place): void {
  checkFields(scale, {
    ...place,
    required: { isLogarithmic: aBoolean, offset: aNumber, divisor: aDivisor },
  });
}

function checkFormat(format: string, { action, path }: Place): void {
  try {
    dateReader(format);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `Cannot ${action}: ${path} must be a format of dates, such as "DD.MM.YYYY", found ${show(format)}`,
    );
  }
}
