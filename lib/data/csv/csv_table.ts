import { parse } from "@std/csv/parse";
import { InputError } from "../../core/check/errors.ts";
import type { DType } from "../../core/numbers/dtype.ts";
import { nearMiss, quoted, quotedList } from "../../core/text/quoted.ts";
import type { CsvFormat } from "../base/csv_format.ts";
import { checkCsvSize } from "./check_csv_size.ts";
import { columnNames, type NamesPlace } from "../text/column_names.ts";
import { decodeText } from "../text/decode_text.ts";
import { SEPARATORS } from "../text/format_rules.ts";
import { type NumberReader, numberReader } from "../text/number_reader.ts";

/** The texts of a CSV file. */
export interface CsvTable {
  /** The file's name in messages. */
  readonly file: string;
  /** Names of the columns, each once. */
  readonly header: readonly string[];
  /** The line of the first record, from 1: the header, if there is one. */
  readonly line: number;
  readonly rows: readonly CsvRow[];
  /** Reads the numbers of its fields. */
  readonly numbers: NumberReader;
}

/** A row below the header. */
export interface CsvRow {
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** As many as the header has. */
  readonly fields: readonly string[];
}

/** Options of {@link readCsvTable}. */
export type CsvTableOptions = Omit<NamesPlace, "line" | "isNumber"> & CsvFormat & {
  /** Whether the format is that of a model, so that the file must be saved in it. Default: it is declared. */
  readonly isOfModel?: boolean;
};

/**
 * Reads the bytes of a CSV file.
 *
 * @throws {InputError} If they are no CSV, a column's name is missing or duplicate, a required header is missing, or
 * a row has more or fewer fields than the first.
 */
export function readCsvTable(bytes: Uint8Array, options: CsvTableOptions): CsvTable {
  const { file, header: rule, encoding, isOfModel } = options;
  checkCsvSize(bytes, { file });
  const text = decodeText(bytes, { file, encoding, isOfModel });
  const records = parseRecords(text, options);
  const lines = lineNumbers(text, { records, comment: options.comment });
  const line = lines[0] ?? 1;
  const numbers = numberReader(options);
  const isNumber = (field: string) => numbers(field) !== null;
  const header = columnNames(records[0] ?? [], { ...options, line, isNumber });
  const hasHeader = rule === undefined || rule === true;
  const rows = records.map((fields, index) => ({ line: lines[index], fields })).slice(hasHeader ? 1 : 0);
  const ragged = rows.find(({ fields }) => fields.length !== header.length);
  if (ragged !== undefined) {
    const what = `a row must have ${header.length} fields as the ${hasHeader ? "header" : "first line"} has`;
    throw new InputError(
      `Cannot read data: ${file} line ${ragged.line}: ${what}, found ${ragged.fields.length}` +
        firstLineAdvice(header, options),
    );
  }
  return { file, header, line, rows, numbers };
}

/** The format that a first line was read by. */
export type AdvicePlace = Pick<CsvTableOptions, "separator" | "isOfModel">;

/**
 * Returns the advice for a table whose first line is a comment, or a single field that looks like several; otherwise
 * "".
 */
export function firstLineAdvice(
  header: readonly string[],
  { separator = ",", isOfModel = false }: AdvicePlace = {},
): string {
  if (header[0]?.startsWith("#")) {
    const declare = isOfModel ? "" : 'declare comment: "#", or ';
    return `; if its first line is a comment, ${declare}take it out of the file`;
  }
  const found = SEPARATORS.find((char) => header.length === 1 && header[0].includes(char));
  if (found === undefined) return "";
  return isOfModel
    ? `; fields must be separated by ${SEPARATOR_NAMES[separator]}, not by ${quoted(found)}`
    : `; if ${quoted(found)} separates its fields, declare separator: ${quoted(found)}`;
}

const SEPARATOR_NAMES = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars" } as const;

/** The location of a field. */
export interface CsvPlace {
  readonly file: string;
  readonly line: number;
  readonly column: string;
}

/** The location of a feature, and how numbers are read there. */
export interface FeaturePlace extends CsvPlace, Partial<Pick<CsvTable, "numbers">> {
  /** Default: "float32". */
  readonly dtype?: DType;
}

/**
 * Returns the number that a field holds, rounded to a dtype.
 *
 * @throws {InputError} If it is no number, or is beyond the dtype.
 */
export function readFeature(
  text: string,
  { dtype = "float32", numbers = numberReader({}), ...place }: FeaturePlace,
): number {
  const plain = numbers(text);
  if (plain === null) failAt(place, `a feature must be a number, found ${quoted(text)}`);
  const value = dtype === "float32" ? Math.fround(Number(plain)) : Number(plain);
  if (!Number.isFinite(value)) failAt(place, `a feature must be within ${dtype}, found ${quoted(text)}`);
  return value;
}

/**
 * Returns the index of the class that a field names.
 *
 * @throws {InputError} If it names no class.
 */
export function readLabel(text: string, place: CsvPlace & { readonly classes: readonly string[] }): number {
  const { classes } = place;
  const label = classes.indexOf(text);
  if (label < 0) {
    failAt(
      place,
      `a label must be one of ${quotedList(classes)}, found ${quoted(text)}${nearMiss(text, classes)}`,
    );
  }
  return label;
}

function parseRecords(text: string, { file, separator, comment }: CsvTableOptions): string[][] {
  try {
    return parse(text, { separator, comment });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InputError(`Cannot read data: ${file}: ${error.message}`);
  }
}

interface Numbered {
  readonly records: readonly (readonly string[])[];
  readonly comment: string | undefined;
}

/**
 * Returns the line, from 1, on which each row begins: `parse` skips empty lines, and a quoted field may contain line
 * ends.
 */
function lineNumbers(text: string, { records, comment }: Numbered): number[] {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const isSkipped = (line: string) => line === "" || (comment !== undefined && line.startsWith(comment));
  let next = 0;
  return records.map((row) => {
    while (isSkipped(lines[next])) next++;
    const line = next + 1;
    next += row.reduce((breaks, field) => breaks + field.split("\n").length - 1, 1);
    return line;
  });
}

function failAt({ file, line, column }: CsvPlace, what: string): never {
  throw new InputError(`Cannot read data: ${file} line ${line}, column ${quoted(column)}: ${what}`);
}
