import { resolve } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import type { Warning } from "../../core/check/warning.ts";
import { openStream, shuffle } from "../../core/numbers/random.ts";
import { nearMiss, quoted, quotedList } from "../../core/text/quoted.ts";
import { LONGEST_TEXT, readBytesIfThere } from "../../files/read_bytes.ts";
import type { CsvSpec } from "../base/data_spec.ts";
import type { Dataset, Split } from "../base/dataset.ts";
import { featureMean } from "../base/feature_mean.ts";
import { sharedFloats, sharedLabels } from "../base/shared_arrays.ts";
import { centringWarnings } from "./centring_warnings.ts";
import { columnWarnings } from "./check_columns.ts";
import { headerRemedy, isMostlyNumbers } from "../text/column_names.ts";
import { type CsvTable, firstLineAdvice, readCsvTable, readFeature, readLabel } from "./csv_table.ts";
import { gunzip, isGzipName } from "../text/gunzip.ts";
import { isFeature } from "./is_feature.ts";

/**
 * Reads the CSV file of a spec, shuffles its rows and splits them.
 *
 * @throws {InputError} If the file is missing, too short, or has anything but numbers and known classes; the message
 * names the line and the column.
 */
export async function loadCsv(spec: CsvSpec, { baseDir }: { readonly baseDir: string }): Promise<Dataset> {
  const table = readCsvTable(await readCsvBytes(spec, { baseDir }), spec);
  const decoded = decodeRows(table, spec);
  const rows = decoded.labels.length;
  const wanted = spec.train + spec.validation + spec.test;
  if (wanted > rows) {
    throw new InputError(
      `Cannot read data: ${spec.file}: data.train + data.validation + data.test must be at most its ${rows} rows, ` +
        `found ${wanted}`,
    );
  }
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  shuffle(order, openStream(`csv/${spec.seed}`));
  const take = (first: number, n: number) => takeRows(decoded, order.subarray(first, first + n));
  const train = take(0, spec.train);
  const mean = featureMean(train, decoded.inputDim);
  return {
    inputDim: decoded.inputDim,
    numClasses: spec.classes.length,
    classNames: spec.classes,
    image: null,
    mean,
    train,
    validation: take(spec.train, spec.validation),
    test: take(spec.train + spec.validation, spec.test),
    warnings: [...decoded.warnings, ...centringWarnings(table, { spec, x: decoded.x, mean })],
  };
}

/** Returns the bytes of a spec's file, which is relative to `baseDir`; a compressed one is unpacked. */
export async function readCsvBytes(
  { file }: CsvSpec,
  { baseDir }: { readonly baseDir: string },
): Promise<Uint8Array> {
  const path = resolve(baseDir, file);
  const bytes = await readBytesIfThere(path, { maxBytes: LONGEST_TEXT });
  if (bytes !== null) return isGzipName(file) ? await gunzip(bytes, { file, maxBytes: LONGEST_TEXT }) : bytes;
  throw new InputError(
    `Cannot read data: ${file} must be a file in the experiment's folder; file not found: ${path}`,
  );
}

/** Returns the names of the features in the order of the columns: all columns except the label and the groups. */
export async function readFeatureNames(
  spec: CsvSpec,
  { baseDir }: { readonly baseDir: string },
): Promise<readonly string[]> {
  const { header } = readCsvTable(await readCsvBytes(spec, { baseDir }), spec);
  return header.filter((column) => isFeature(column, spec));
}

interface DecodedRows {
  readonly inputDim: number;
  /** Features, row after row, `[rows, inputDim]`. */
  readonly x: Float32Array | Float64Array;
  /** Index of each row's class, `[rows]`. */
  readonly labels: readonly number[];
  /** The line of each row, from 1, `[rows]`. */
  readonly lines: readonly number[];
  /** Number of each row's group, in the order of their first rows, `[rows]`; null without groups. */
  readonly groups: readonly number[] | null;
  readonly warnings: readonly Warning[];
}

function decodeRows(table: CsvTable, spec: CsvSpec): DecodedRows {
  const { file, label, classes, dtype } = spec;
  checkHeader(table, spec);
  const { header, rows, numbers } = table;
  const labelAt = header.indexOf(label);
  const places = header.flatMap((column, at) => isFeature(column, spec) ? [at] : []);
  const inputDim = places.length;
  const x = new (dtype === "float64" ? Float64Array : Float32Array)(rows.length * inputDim);
  const labels = rows.map(({ line, fields }, index) => {
    const features = places.map((at) =>
      readFeature(fields[at], { file, line, column: header[at], dtype, numbers })
    );
    x.set(features, index * inputDim);
    return readLabel(fields[labelAt], { file, line, column: label, classes });
  });
  const lines = rows.map(({ line }) => line);
  return {
    inputDim,
    x,
    labels,
    lines,
    groups: groupNumbers(table, spec),
    warnings: columnWarnings(table, spec),
  };
}

/** Returns the number of each row's group, from 0 in the order of their first rows; null without groups. */
function groupNumbers({ file, header, rows }: CsvTable, { groups }: CsvSpec): readonly number[] | null {
  if (groups === undefined) return null;
  const at = header.indexOf(groups);
  const numbers = new Map<string, number>();
  return rows.map(({ line, fields }) => {
    const text = fields[at].trim();
    if (text === "") {
      throw new InputError(
        `Cannot read data: ${file} line ${line}, column ${quoted(groups)}: a group must have a name, found ${
          quoted(fields[at])
        }`,
      );
    }
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
}

function checkHeader({ file, header, line }: CsvTable, spec: CsvSpec): void {
  const { label, groups, drop = [], header: rule } = spec;
  const fail = (what: string) => {
    throw new InputError(`Cannot read data: ${file} line ${line}: ${what}`);
  };
  if (!header.includes(label)) {
    const why = rule === undefined && isMostlyNumbers(header)
      ? `; ${headerRemedy(header)}`
      : nearMiss(label, header) || firstLineAdvice(header, spec);
    const found = header.length === 0 ? "" : `, found ${quotedList(header)}`;
    fail(`a column must be the label ${quoted(label)}${found}${why}`);
  }
  if (groups !== undefined && !header.includes(groups)) {
    fail(
      `a column must be the groups ${quoted(groups)}, found ${quotedList(header)}${nearMiss(groups, header)}`,
    );
  }
  const missing = drop.find((column) => !header.includes(column));
  if (missing !== undefined) {
    fail(
      `a column must be ${quoted(missing)}, which data.drop names, found ${quotedList(header)}${
        nearMiss(missing, header)
      }`,
    );
  }
  if (header.some((column) => isFeature(column, spec))) return;
  const others = [
    ...groups === undefined ? [] : [`the groups ${quoted(groups)}`],
    ...drop.length === 0 ? [] : [`the dropped ${quotedList(drop)}`],
  ];
  const found = [`the label ${quoted(label)}`, ...others].join(" and ");
  fail(`a column must be a feature, found ${found} alone`);
}

function takeRows({ inputDim, x, labels, lines, groups }: DecodedRows, order: Int32Array): Split {
  const taken = sharedFloats(order.length * inputDim, x instanceof Float64Array ? "float64" : "float32");
  order.forEach((row, index) =>
    taken.set(x.subarray(row * inputDim, (row + 1) * inputDim), index * inputDim)
  );
  return {
    n: order.length,
    x: taken,
    labels: sharedLabels(Array.from(order, (row) => labels[row])),
    lines: sharedLabels(Array.from(order, (row) => lines[row])),
    ...groups === null ? {} : { groups: sharedLabels(Array.from(order, (row) => groups[row])) },
  };
}
