import { InputError } from "../core/errors.ts";
import { type CsvTable, readFeature, readLabel } from "../data/csv_table.ts";
import type { ModelFacts } from "../export/model_facts.ts";

/** A row that a model is run on. */
export interface InputRow {
  readonly file: string;
  /** Which row of the file, from 1. */
  readonly row: number;
  /** Raw, in the model's order, `[inputDim]`. */
  readonly features: ArrayLike<number>;
  /** The class that the file tells, by its number; null if it tells none. */
  readonly label: number | null;
}

/**
 * Takes the features that a model wants from a table, by their names, and the labels if the table has them. A model
 * whose data set names no features takes the columns as they stand.
 *
 * @throws {InputError} If a column is missing, or a field is no number or no class.
 */
export function tableRows(table: CsvTable, facts: ModelFacts): readonly InputRow[] {
  const { file, header, rows, line: headerLine } = table;
  const { classNames } = facts;
  const places = featurePlaces(table, facts);
  const labelAt = facts.data.kind === "csv" ? header.indexOf(facts.data.label) : -1;
  if (rows.length === 0) {
    throw new InputError(`Cannot read data: ${file} line ${headerLine}: a row must follow, found none`);
  }
  return rows.map(({ line, fields }, i) => ({
    file,
    row: i + 1,
    features: places.map((at) => readFeature(fields[at], { file, line, column: header[at] })),
    label: labelAt === -1
      ? null
      : readLabel(fields[labelAt], { file, line, column: header[labelAt], classes: classNames }),
  }));
}

/** Returns the position of each feature's column. */
function featurePlaces(
  { file, header, line }: CsvTable,
  { featureNames, inputDim }: ModelFacts,
): readonly number[] {
  if (featureNames === null) {
    if (header.length === inputDim) return header.map((_, at) => at);
    throw new InputError(
      `Cannot read data: ${file} line ${line}: the columns must be the model's ${inputDim} features in their order, ` +
        `found ${header.length}`,
    );
  }
  return featureNames.map((name) => {
    const at = header.indexOf(name);
    if (at !== -1) return at;
    throw new InputError(
      `Cannot read data: ${file} line ${line}: a column must be the feature "${name}", ` +
        `found ${header.join(", ") || "none"}`,
    );
  });
}
