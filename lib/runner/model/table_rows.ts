import { InputError } from "../../core/check/errors.ts";
import { nearMiss, quoted, quotedList } from "../../core/text/quoted.ts";
import {
  type CsvTable,
  firstLineAdvice,
  readCsvTable,
  readFeature,
  readLabel,
} from "../../data/csv/csv_table.ts";
import { declaredFormat } from "../../data/text/format_rules.ts";
import { isDouble, type ModelFacts } from "../../export/model_facts.ts";
import { isUnknownLabel } from "./unknown_label.ts";

/** A row to predict. */
export interface InputRow {
  readonly file: string;
  /** Number of the row in the file, from 1. */
  readonly row: number;
  /** Raw, in the model's order, `[inputDim]`. */
  readonly features: ArrayLike<number>;
  /** Index of the class in the file; null if it has none. */
  readonly label: number | null;
  /** The targets in the file, numbers or labels as 0 and 1; omitted if it has none, or not all. */
  readonly targets?: readonly number[];
}

/**
 * Reads a table for a model: with a header, unless the model's data set was declared without one.
 *
 * Columns that the model does not need may have any name.
 *
 * @throws {InputError} If the bytes are no CSV.
 */
export function readModelTable(bytes: Uint8Array, { file, facts }: ModelTable): CsvTable {
  const { data, featureNames, inputDim } = facts;
  const rule = data.kind === "csv" ? data.header : undefined;
  const format = { ...data.kind === "csv" ? declaredFormat(data) : {}, isOfModel: true };
  if (featureNames !== null && (rule === undefined || rule === true)) {
    return readCsvTable(bytes, { ...format, file, header: true, isLenient: true });
  }
  if (featureNames === null) {
    const remedy = "the first line must be a header, with any names";
    return readCsvTable(bytes, { ...format, file, isLenient: true, remedy });
  }
  const table = readCsvTable(bytes, { ...format, file, header: false });
  // The file may lack the column of the label.
  if (table.header.length === inputDim) return { ...table, header: featureNames };
  const isNamed = Array.isArray(rule) && rule.length === table.header.length;
  return isNamed ? { ...table, header: rule } : table;
}

/** A table, and the model that predicts its rows. */
export interface ModelTable {
  readonly file: string;
  readonly facts: ModelFacts;
}

/**
 * Returns the features that a model needs from a table, by name, and the labels if the table has them. If the model's
 * data set has no names of features, the columns are used in their order.
 *
 * @throws {InputError} If a column is missing or duplicate, or a field is no number or no class.
 */
export function tableRows(table: CsvTable, facts: ModelFacts): readonly InputRow[] {
  const { file, header, rows, line: headerLine, numbers } = table;
  const { classNames } = facts;
  const places = featurePlaces(table, facts);
  const dtype = isDouble(facts) ? "float64" : "float32";
  const labelAt = facts.data.kind === "csv" ? columnAt(table, facts.data.label) : -1;
  if (rows.length === 0) {
    throw new InputError(`Cannot read data: ${file} line ${headerLine}: no row follows`);
  }
  return rows.map(({ line, fields }, i) => ({
    file,
    row: i + 1,
    features: places.map((at) => readFeature(fields[at], { file, line, column: header[at], dtype, numbers })),
    label: labelAt === -1 || isUnknownLabel(fields[labelAt], facts)
      ? null
      : readLabel(fields[labelAt], { file, line, column: header[labelAt], classes: classNames }),
  }));
}

/** Returns the position of each feature's column. */
function featurePlaces(table: CsvTable, { data, featureNames, inputDim }: ModelFacts): readonly number[] {
  const { file, header, line } = table;
  if (featureNames === null) {
    if (header.length === inputDim) return header.map((_, at) => at);
    throw new InputError(
      `Cannot read data: ${file} line ${line}: the columns must be the model's ${inputDim} features in their order, ` +
        `found ${header.length}`,
    );
  }
  const places = featureNames.map((name) => columnAt(table, name));
  const missing = places.indexOf(-1);
  if (missing === -1) return places;
  const name = featureNames[missing];
  throw new InputError(
    `Cannot read data: ${file} line ${line}: a column must be the feature ${quoted(name)}, ` +
      `found ${quotedList(header)}${nearMiss(name, header)}${
        firstLineAdvice(header, { ...data.kind === "csv" ? data : {}, isOfModel: true })
      }`,
  );
}

/** Returns the position of the column of a name, -1 if there is none. */
function columnAt({ file, header, line }: CsvTable, name: string): number {
  const at = header.indexOf(name);
  if (at === header.lastIndexOf(name)) return at;
  throw new InputError(
    `Cannot read data: ${file} line ${line}: a column must be named once, found ${quoted(name)} twice`,
  );
}
