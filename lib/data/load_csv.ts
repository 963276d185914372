import { parse } from "@std/csv/parse";
import { resolve } from "node:path";
import { InputError } from "../core/errors.ts";
import { openStream, shuffle } from "../core/random.ts";
import type { CsvSpec } from "./data_spec.ts";
import type { Dataset, Split } from "./dataset.ts";
import { featureMean } from "./feature_mean.ts";
import { sharedFloats, sharedLabels } from "./shared_arrays.ts";

/**
 * Reads the CSV file of a spec, shuffles its rows and splits them.
 *
 * @throws {InputError} If the file is missing, too short, or holds anything but numbers and known classes; the message
 * names the line and the column.
 */
export async function loadCsv(spec: CsvSpec, { baseDir }: { readonly baseDir: string }): Promise<Dataset> {
  const table = readTable(decodeText(spec, await readCsvBytes(spec, { baseDir })), spec);
  const rows = table.labels.length;
  const wanted = spec.train + spec.validation + spec.test;
  if (wanted > rows) {
    throw new InputError(
      `Cannot read data: ${spec.file}: data.train + data.validation + data.test must be at most its ${rows} rows, ` +
        `found ${wanted}`,
    );
  }
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  shuffle(order, openStream(`csv/${spec.seed}`));
  const take = (first: number, n: number) => takeRows(table, order.subarray(first, first + n));
  const train = take(0, spec.train);
  return {
    inputDim: table.inputDim,
    numClasses: spec.classes.length,
    classNames: spec.classes,
    image: null,
    mean: featureMean(train, table.inputDim),
    train,
    validation: take(spec.train, spec.validation),
    test: take(spec.train + spec.validation, spec.test),
  };
}

/** Returns the bytes of a spec's file, which is relative to `baseDir`. */
export async function readCsvBytes(
  { file }: CsvSpec,
  { baseDir }: { readonly baseDir: string },
): Promise<Uint8Array> {
  const path = resolve(baseDir, file);
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(
      `Cannot read data: ${file} must be a file in the experiment's folder, found no ${path}`,
    );
  }
}

interface Table {
  readonly inputDim: number;
  /** Features, row after row, `[rows, inputDim]`. */
  readonly x: Float32Array;
  /** Index of each row's class, `[rows]`. */
  readonly labels: readonly number[];
}

function decodeText({ file }: CsvSpec, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`Cannot read data: ${file} must be UTF-8 text, found other bytes`);
  }
}

function readTable(text: string, spec: CsvSpec): Table {
  const rows = parseRows(text, spec);
  const lines = lineNumbers(text, rows);
  const [header = [], ...body] = rows;
  const labelAt = checkHeader(header, spec, lines[0] ?? 1);
  const inputDim = header.length - 1;
  const x = new Float32Array(body.length * inputDim);
  const labels = body.map((row, index) => {
    const where = { spec, line: lines[index + 1] };
    if (row.length !== header.length) {
      const what = `a row must have ${header.length} fields as the header has`;
      throw new InputError(`Cannot read data: ${spec.file} line ${where.line}: ${what}, found ${row.length}`);
    }
    const features = header.map((column, at) =>
      at === labelAt ? 0 : readNumber(row[at], { ...where, column })
    );
    features.splice(labelAt, 1);
    x.set(features, index * inputDim);
    return readLabel(row[labelAt], { ...where, column: spec.label });
  });
  return { inputDim, x, labels };
}

function parseRows(text: string, { file }: CsvSpec): string[][] {
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

/** Returns the position of the label's column. */
function checkHeader(header: readonly string[], { file, label }: CsvSpec, line: number): number {
  const fail = (what: string) => {
    throw new InputError(`Cannot read data: ${file} line ${line}: ${what}`);
  };
  const repeated = header.find((name, index) => header.indexOf(name) !== index);
  if (repeated !== undefined) fail(`a column must be named once, found "${repeated}" twice`);
  if (!header.includes(label)) {
    fail(`a column must be the label "${label}", found ${header.join(", ") || "none"}`);
  }
  if (header.length < 2) fail(`a column must be a feature, found the label "${label}" alone`);
  return header.indexOf(label);
}

interface Place {
  readonly spec: CsvSpec;
  readonly line: number;
  readonly column: string;
}

/** `Number` would take "" for 0 and would read hexadecimals. */
const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;

function readNumber(text: string, place: Place): number {
  if (!DECIMAL.test(text)) failAt(place, `a feature must be a number, found ${JSON.stringify(text)}`);
  const value = Math.fround(Number(text));
  if (!Number.isFinite(value)) {
    failAt(place, `a feature must be within float32, found ${JSON.stringify(text)}`);
  }
  return value;
}

function readLabel(text: string, place: Place): number {
  const { classes } = place.spec;
  const label = classes.indexOf(text);
  if (label < 0) failAt(place, `a label must be one of ${classes.join(", ")}, found ${JSON.stringify(text)}`);
  return label;
}

function failAt({ spec, line, column }: Place, what: string): never {
  throw new InputError(
    `Cannot read data: ${spec.file} line ${line}, column ${JSON.stringify(column)}: ${what}`,
  );
}

function takeRows({ inputDim, x, labels }: Table, order: Int32Array): Split {
  const taken = sharedFloats(order.length * inputDim);
  order.forEach((row, index) =>
    taken.set(x.subarray(row * inputDim, (row + 1) * inputDim), index * inputDim)
  );
  return { n: order.length, x: taken, labels: sharedLabels(Array.from(order, (row) => labels[row])) };
}
