import { parse } from "@std/csv/parse";
import { InputError } from "../../core/check/errors.ts";
import type { DType } from "../../core/numbers/dtype.ts";
import { nearMiss, quoted, quotedList } from "../../core/text/quoted.ts";
import { checkCsvSize } from "./check_csv_size.ts";
import { columnNames, type NamesPlace } from "./column_names.ts";
import { isDecimal } from "./decimal.ts";
import { decodeText } from "./decode_text.ts";

/** The texts of a CSV file. */
export interface CsvTable {
  /** The file's name in messages. */
  readonly file: string;
  /** Names of the columns, each once. */
  readonly header: readonly string[];
  /** The line of the first record, from 1: the header, if there is one. */
  readonly line: number;
  readonly rows: readonly CsvRow[];
}

/** A row below the header. */
export interface CsvRow {
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** As many as the header has. */
  readonly fields: readonly string[];
}

/** Options of {@link readCsvTable}. */
export type CsvTableOptions = Omit<NamesPlace, "line">;

/**
 * Reads the bytes of a CSV file.
 *
 * @throws {InputError} If they are no CSV, a column's name is missing or duplicate, a required header is missing, or
 * a row has more or fewer fields than the first.
 */
export function readCsvTable(bytes: Uint8Array, options: CsvTableOptions): CsvTable {
  const { file, header: rule } = options;
  checkCsvSize(bytes, { file });
  const text = decodeText(bytes, { file });
  const records = parseRecords(text, file);
  const lines = lineNumbers(text, records);
  const line = lines[0] ?? 1;
  const header = columnNames(records[0] ?? [], { ...options, line });
  const hasHeader = rule === undefined || rule === true;
  const rows = records.map((fields, index) => ({ line: lines[index], fields })).slice(hasHeader ? 1 : 0);
  const ragged = rows.find(({ fields }) => fields.length !== header.length);
  if (ragged !== undefined) {
    const what = `a row must have ${header.length} fields as the ${hasHeader ? "header" : "first line"} has`;
    throw new InputError(
      `Cannot read data: ${file} line ${ragged.line}: ${what}, found ${ragged.fields.length}` +
        firstLineAdvice(header),
    );
  }
  return { file, header, line, rows };
}

/**
 * Returns the advice for a table whose first line is a comment, or a single field that looks like several; otherwise
 * "".
 */
export function firstLineAdvice(header: readonly string[]): string {
  if (header[0]?.startsWith("#")) return "; if its first line is a comment, take it out of the file";
  const separator = [";", "\t", "|"].find((char) => header.length === 1 && header[0].includes(char));
  return separator === undefined ? "" : `; fields must be separated by commas, not by ${quoted(separator)}`;
}

/** The location of a field. */
export interface CsvPlace {
  readonly file: string;
  readonly line: number;
  readonly column: string;
}

/**
 * Returns the number that a field holds, rounded to a dtype.
 *
 * @throws {InputError} If it is no number, or is beyond the dtype.
 */
export function readFeature(
  text: string,
  { dtype = "float32", ...place }: CsvPlace & { readonly dtype?: DType },
): number {
  if (!isDecimal(text)) failAt(place, `a feature must be a number, found ${quoted(text)}`);
  const value = dtype === "float32" ? Math.fround(Number(text)) : Number(text);
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

function parseRecords(text: string, file: string): string[][] {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InputError(`Cannot read data: ${file}: ${error.message}`);
  }
}

/**
 * Returns the line, from 1, on which each row begins: `parse` skips empty lines, and a quoted field may contain line
 * ends.
 */
function lineNumbers(text: string, rows: readonly (readonly string[])[]): number[] {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  let next = 0;
  return rows.map((row) => {
    while (lines[next] === "") next++;
    const line = next + 1;
    next += row.reduce((breaks, field) => breaks + field.split("\n").length - 1, 1);
    return line;
  });
}

function failAt({ file, line, column }: CsvPlace, what: string): never {
  throw new InputError(`Cannot read data: ${file} line ${line}, column ${quoted(column)}: ${what}`);
}
