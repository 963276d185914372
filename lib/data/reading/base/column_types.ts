import { InputError } from "../../../core/check/errors.ts";
import { quoted } from "../../../core/text/quoted.ts";
import type { DateReader } from "../../text/date_reader.ts";
import { type NumberReader, numberReader } from "../../text/number_reader.ts";
import type { ColumnPlan, Misfit } from "./column_plan.ts";
import type { ColumnType } from "../../base/raw_column.ts";
import type { RowPlace } from "./row_place.ts";

/** How texts are read as values. */
export interface ValueRules {
  readonly numbers: NumberReader;
  readonly dates: DateReader;
  readonly isMissing: (text: string) => boolean;
}

/** Returns the type that all texts of a column have: numbers, also if all are missing, or dates, or else texts. */
export function typeOf(texts: Iterable<string>, { numbers, dates, isMissing }: ValueRules): ColumnType {
  let [areNumbers, areDates] = [true, true];
  for (const text of texts) {
    if (isMissing(text)) continue;
    areNumbers &&= numbers(text) !== null;
    areDates &&= dates(text) !== null;
    if (!areNumbers && !areDates) return "text";
  }
  return areNumbers ? "number" : "date";
}

/** The fields of a column that are present, some of which are not as the others. */
export interface FieldCounts {
  /** What most of them are. */
  readonly type: "number" | "date";
  readonly present: number;
  /** How many are not. */
  readonly others: number;
  /** The first few of those. */
  readonly first: readonly Misfit[];
}

/** Options of {@link checkNearly}. */
export interface NearlyOptions extends FieldCounts {
  readonly placeOf: (row: number) => RowPlace;
  /** What the place of a row counts. Default: "line". */
  readonly unit?: "line" | "row";
}

/** The most distinct texts of a column. */
export const MOST_TEXTS = 100_000;

/** Throws that a column has more than {@link MOST_TEXTS} distinct texts. */
export function failTooMany({ name }: Pick<ColumnPlan, "name">, { file }: Pick<RowPlace, "file">): never {
  throw new InputError(
    `Cannot read data: ${file}, column ${quoted(name)}: a column of texts must have at most ${MOST_TEXTS} ` +
      `different ones, found more; leave it out by drop: [${quoted(name)}]`,
  );
}

/** A column with fewer fields may well be one of texts. */
const LEAST_FIELDS = 10;
const MOST_EXAMPLES = 3;

/**
 * Checks that the fields of a column whose type is not declared are not nearly all numbers, or dates, with a few that are none.
 *
 * @throws {InputError} If at least nine of ten are, of ten or more; the message says what to declare.
 */
export function checkNearly(
  { name }: Pick<ColumnPlan, "name">,
  { type, present, others, first, placeOf, unit = "line" }: NearlyOptions,
): void {
  if (others === 0 || present < LEAST_FIELDS || others * 10 > present) return;
  const { file, line } = placeOf(first[0].row);
  const noun = type === "number" ? "a number" : "a date";
  const more = first.slice(1).map(({ row, text }) => {
    const place = placeOf(row);
    return `${quoted(text)} ${place.file === file ? "" : `in ${place.file} `}on ${unit} ${place.line}`;
  });
  const markers = [...new Set(first.map(({ text }) => quoted(text.trim())))].join(", ");
  throw new InputError(
    `Cannot read data: ${file} ${unit} ${line}, column ${quoted(name)}: a field must be ${noun} as ${
      present - others
    } of ${present} are, found ${[quoted(first[0].text), ...more].join(", ")}; ` +
      `if that stands for a missing value, declare missing: { markers: [${markers}] }; ` +
      `if the column has names, columns: { ${keyOf(name)}: "categorical" }; or leave it out by drop: [${
        quoted(name)
      }]`,
  );
}

/**
 * Checks that the fields of a column are no numbers with a comma before their fraction, where that is not declared.
 *
 * @throws {InputError} If all are, and one has a comma.
 */
export function checkCommas(
  { name }: Pick<ColumnPlan, "name">,
  { texts, firstRows, placeOf }: Pick<DistinctTexts, "texts" | "firstRows"> & Pick<NearlyOptions, "placeOf">,
): void {
  const example = texts.findIndex((text) => text.includes(","));
  if (example === -1 || texts.some((text) => withComma(text) === null)) return;
  const { file, line } = placeOf(firstRows[example]);
  throw new InputError(
    `Cannot read data: ${file} line ${line}, column ${
      quoted(name)
    }: a number must have a point before its fraction, ` +
      `found ${quoted(texts[example])}; declare decimalComma: true, or columns: { ${
        keyOf(name)
      }: "categorical" } if ` +
      "the column has names",
  );
}

const withComma = numberReader({ decimalComma: true });

/** Returns a column's name as a key of an object in TypeScript. */
function keyOf(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name);
}

/** The distinct texts of a column, in the order of their first rows. */
export interface DistinctTexts {
  readonly texts: readonly string[];
  /** How many rows have each. */
  readonly counts: readonly number[];
  readonly firstRows: readonly number[];
}

/** Counts which of the distinct texts of a column are numbers or dates, and returns the counts of the more frequent ones. */
export function countFields(
  { texts, counts, firstRows }: DistinctTexts,
  { numbers, dates }: Pick<ValueRules, "numbers" | "dates">,
): FieldCounts {
  const present = counts.reduce((sum, count) => sum + count, 0);
  const countOf = (type: "number" | "date", isOne: (text: string) => boolean): FieldCounts => {
    let others = 0;
    const first: Misfit[] = [];
    texts.forEach((text, index) => {
      if (isOne(text)) return;
      others += counts[index];
      if (first.length < MOST_EXAMPLES) first.push({ row: firstRows[index], text });
    });
    return { type, present, others, first };
  };
  const ofNumbers = countOf("number", (text) => numbers(text) !== null);
  const ofDates = countOf("date", (text) => dates(text) !== null);
  return ofDates.others < ofNumbers.others ? ofDates : ofNumbers;
}
