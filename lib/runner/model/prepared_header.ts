import { InputError } from "../../core/check/errors.ts";
import { nearMiss, quoted, quotedList } from "../../core/text/quoted.ts";
import type { TableSpec } from "../../data/base/data_spec.ts";
import { predictedColumns } from "../../data/base/predicted.ts";
import type { PreparedColumn } from "../../data/base/preparation.ts";
import { readTable } from "../../data/reading/read_table.ts";
import { firstLineAdvice } from "../../data/csv/csv_table.ts";
import type { ModelFacts } from "../../export/model_facts.ts";

/** What a model says of the tables that it takes. */
export interface PreparedFile {
  readonly facts: ModelFacts;
  readonly data: TableSpec;
  readonly columns: readonly PreparedColumn[];
}

/** The columns of a table. */
export interface PreparedHeader {
  /** How the reader gets their names: from the first line (true), or these. */
  readonly header: true | readonly string[];
  readonly names: readonly string[];
}

/**
 * Returns the columns of a table to predict. Its first line has their names, unless the table that the model was trained on
 * had no such line; then it has the same columns, with the label or without it, or those of the model alone in their order.
 *
 * @throws {InputError} If a column that the model needs is missing.
 */
export async function preparedHeader(
  file: string,
  { data, columns }: PreparedFile,
): Promise<PreparedHeader> {
  const needed = columns.map(({ name }) => name);
  const hasNames = data.header === undefined || data.header === true;
  const { ignored: found } = await readTable({
    files: [{ name: file, path: file }],
    format: { ...data, header: hasNames },
    ...{ markers: [], types: {}, only: [], cacheDir: null },
  });
  const names = hasNames ? found : namesOf(file, { data, needed, count: found.length });
  const missing = needed.find((name) => !names.includes(name));
  if (missing === undefined) return { header: hasNames ? true : names, names };
  throw new InputError(
    `Cannot read data: ${file}: a column must be ${quoted(missing)}, which the model was trained on, found ${
      quotedList(names)
    }${nearMiss(missing, names)}${firstLineAdvice(names, { ...separatorOf(data), isOfModel: true })}`,
  );
}

function separatorOf({ separator }: TableSpec): Pick<TableSpec, "separator"> {
  return separator === undefined ? {} : { separator };
}

interface Unnamed {
  readonly data: TableSpec;
  readonly needed: readonly string[];
  /** Columns of the file. */
  readonly count: number;
}

/** Returns the names of the columns of a file without a header. */
function namesOf(file: string, { data, needed, count }: Unnamed): readonly string[] {
  const { header, drop = [], groups, weight, byTime, splitColumn } = data;
  const predicted = predictedColumns(data);
  const named = [...needed, ...predicted, ...drop, groups, weight, byTime, splitColumn?.column];
  const numbers = named.map((name) => Number(/^column(\d+)$/.exec(name ?? "")?.[1] ?? 0));
  const all = Array.isArray(header)
    ? header
    : Array.from({ length: Math.max(count, ...numbers) }, (_, at) => `column${at + 1}`);
  const rest = all.filter((name) => !predicted.includes(name));
  const fitting = [all, rest, needed].find((names) => names.length === count);
  if (fitting !== undefined) return fitting;
  throw new InputError(
    `Cannot read data: ${file}: it must have the ${all.length} columns of the table that the model was trained on, ` +
      `or its ${needed.length} features alone in their order, found ${count}`,
  );
}
