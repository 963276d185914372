import { parse } from "@std/csv/parse";
import { InputError } from "../core/errors.ts";

/** A CSV file with a header, as texts. */
export interface CsvTable {
  /** The file's name in messages. */
  readonly file: string;
  /** Names of the columns, each once. */
  readonly header: readonly string[];
  /** The line of the header, from 1. */
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

/**
 * Reads the bytes of a CSV file with a header.
 *
 * @throws {InputError} If they are no CSV, a column is named twice, or a row has more or fewer fields than the header.
 */
export function readCsvTable(bytes: Uint8Array, { file }: { readonly file: string }): CsvTable {
  const text = decodeText(bytes, file);
  const records = parseRecords(text, file);
  const lines = lineNumbers(text, records);
  const [header = [], ...body] = records;
  const line = lines[0] ?? 1;
  const repeated = header.find((name, index) => header.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new InputError(
      `Cannot read data: ${file} line ${line}: a column must be named once, found "${repeated}" twice`,
    );
  }
  const rows = body.map((fields, index) => ({ line: lines[index + 1], fields }));
  const ragged = rows.find(({ fields }) => fields.length !== header.length);
  if (ragged !== undefined) {
    const what = `a row must have ${header.length} fields as the header has`;
    throw new InputError(
      `Cannot read data: ${file} line ${ragged.line}: ${what}, found ${ragged.fields.length}`,
    );
  }
  return { file, header, line, rows };
}

/** Where a field stands. */
export interface CsvPlace {
  readonly file: string;
  readonly line: number;
  readonly column: string;
}

/** `Number` would take "" for 0 and would read hexadecimals. */
const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;

/**
 * Returns the float32 that a field holds.
 *
 * @throws {InputError} If it is no number, or none within float32.
 */
export function readFeature(text: string, place: CsvPlace): number {
  if (!DECIMAL.test(text)) failAt(place, `a feature must be a number, found ${JSON.stringify(text)}`);
  const value = Math.fround(Number(text));
  if (!Number.isFinite(value)) {
    failAt(place, `a feature must be within float32, found ${JSON.stringify(text)}`);
  }
  return value;
}

/**
 * Returns the index of the class that a field names.
 *
 * @throws {InputError} If it names none.
 */
export function readLabel(text: string, place: CsvPlace & { readonly classes: readonly string[] }): number {
  const { classes } = place;
  const label = classes.indexOf(text);
  if (label < 0) failAt(place, `a label must be one of ${classes.join(", ")}, found ${JSON.stringify(text)}`);
  return label;
}

function decodeText(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`Cannot read data: ${file} must be UTF-8 text, found other bytes`);
  }
}

function parseRecords(text: string, file: string): string[][] {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InputError(`Cannot read data: ${file}: ${error.message}`);
  }
}

/** Returns the line, from 1, on which each row begins: `parse` leaves out empty lines, and a quoted field may hold some. */
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
  throw new InputError(`Cannot read data: ${file} line ${line}, column ${JSON.stringify(column)}: ${what}`);
}
