import { InputError } from "../../core/check/errors.ts";
import { nearMiss, quoted, quotedList } from "../../core/text/quoted.ts";
import type { TableSpec } from "../../data/base/data_spec.ts";
import { columnFeatures, type PreparedColumn } from "../../data/base/preparation.ts";
import type { ColumnType, RawColumn } from "../../data/base/raw_column.ts";
import { prepareColumn } from "../../data/preparation/prepare_column.ts";
import { predictedColumns } from "../../data/base/predicted.ts";
import type { Targets } from "../../data/base/targets.ts";
import { readTargets } from "../../data/table/read_targets.ts";
import type { RawTable } from "../../data/reading/raw_table.ts";
import { readTable } from "../../data/reading/read_table.ts";
import { isDouble, type ModelFacts } from "../../export/model_facts.ts";
import { type PreparedFile, preparedHeader } from "./prepared_header.ts";
import type { InputRow } from "./table_rows.ts";
import { isUnknownLabel } from "./unknown_label.ts";

/** How a column is read. */
const TYPES: Readonly<Record<PreparedColumn["kind"], ColumnType>> = {
  numeric: "number",
  ordinal: "text",
  boolean: "text",
  date: "date",
  categorical: "text",
};

/** Options of {@link preparedRows}. */
export interface PreparedRowsOptions extends PreparedFile {
  /** Takes a sentence for the user. */
  readonly note: (message: string) => void;
}

/**
 * Reads the rows of a table for a model with a preparation: its columns by their names, in any order, and the labels if the
 * table has them.
 *
 * @throws {InputError} If the file is no table, a column is missing, or a value does not fit its column; the message names
 * the line.
 */
export async function preparedRows(
  file: string,
  { facts, data, columns, note }: PreparedRowsOptions,
): Promise<readonly InputRow[]> {
  const { header, names } = await preparedHeader(file, { facts, data, columns });
  const predicted = predictedColumns(data).filter((name) => names.includes(name));
  const only = [...columns.map(({ name }) => name), ...predicted];
  const raw = await readTable({
    files: [{ name: file, path: file }],
    format: { ...data, header },
    markers: data.missing?.markers ?? [],
    types: {
      ...Object.fromEntries(columns.map(({ name, kind }) => [name, TYPES[kind]])),
      ...Object.fromEntries(predicted.map((name) => [name, data.target === undefined ? "text" : "number"])),
    },
    dateFormats: Object.fromEntries(
      columns.flatMap((column) =>
        column.kind === "date" && column.format !== undefined ? [[column.name, column.format]] : []
      ),
    ),
    only,
    cacheDir: null,
  });
  for (const finding of raw.findings) note(`${file} was read as ${finding}.`);
  noteIgnored(file, { data, raw, note });
  const { targets: facing } = facts;
  const labels = facing === undefined && predicted.length > 0
    ? readLabels(await raw.column(predicted[0]), { facts, data, raw })
    : null;
  const targets = facing !== undefined && predicted.length === facing.names.length
    ? await targetsOf(raw, { names: predicted, kind: facing.kind })
    : null;
  const x = await features(file, { facts, columns, raw, note });
  const { inputDim } = facts;
  return Array.from({ length: raw.rows }, (_, row) => ({
    file,
    row: row + 1,
    features: x.subarray(row * inputDim, (row + 1) * inputDim),
    label: labels?.[row] ?? null,
    ...targets === null || targets[row] === null ? {} : { targets: targets[row] },
  }));
}

/** Returns the targets of each row; null where it lacks one. */
async function targetsOf(
  raw: RawTable,
  { names, kind }: Pick<Targets, "names" | "kind">,
): Promise<readonly (readonly number[] | null)[]> {
  const columns: RawColumn[] = [];
  for (const name of names) columns.push(await raw.column(name));
  // A row without a target may be predicted.
  const spec = { missing: { label: "dropRow" } } as const;
  const { values, labels } = readTargets(columns, { kind, spec, placeOf: placeIn(raw) });
  return Array.from(
    labels,
    (label, row) => label === -1 ? null : [...values.subarray(row * names.length, (row + 1) * names.length)],
  );
}

interface Read extends Pick<PreparedRowsOptions, "note"> {
  readonly raw: RawTable;
}

/** Columns that the declaration leaves out are no news. */
function noteIgnored(file: string, { data, raw, note }: Read & { readonly data: TableSpec }): void {
  const { drop = [], groups, weight, byTime, splitColumn } = data;
  const known = new Set([...drop, groups, weight, byTime, splitColumn?.column]);
  const ignored = raw.ignored.filter((name) => !known.has(name));
  if (ignored.length === 0) return;
  note(`${file} has columns that the model was not trained on; they are left out: ${quotedList(ignored)}.`);
}

interface Features extends Read {
  readonly facts: ModelFacts;
  readonly columns: readonly PreparedColumn[];
}

async function features(
  file: string,
  { facts, columns, raw, note }: Features,
): Promise<Float32Array | Float64Array> {
  const { inputDim } = facts;
  const x = new (isDouble(facts) ? Float64Array : Float32Array)(raw.rows * inputDim);
  const rows = Int32Array.from({ length: raw.rows }, (_, row) => row);
  let at = 0;
  for (const prepared of columns) {
    const unseen: string[] = [];
    prepareColumn(await raw.column(prepared.name), {
      ...{ prepared, rows, x, inputDim, at, placeOf: placeIn(raw) },
      onUnseen: (text) => unseen.push(text),
    });
    if (unseen.length > 0) {
      note(
        `${file}, column ${quoted(prepared.name)}: texts that no training row has stand for no category: ${
          quotedList(unseen)
        }.`,
      );
    }
    at += columnFeatures(prepared).length;
  }
  return x;
}

function placeIn(raw: RawTable): (row: number) => string {
  return (row) => {
    const { file, line } = raw.placeOf(row);
    return `${file} line ${line}`;
  };
}

interface Labels extends Pick<PreparedFile, "facts" | "data"> {
  readonly raw: RawTable;
}

/** Returns the index of each row's class; null where it is not known. */
function readLabels(
  { name, values, texts }: RawColumn,
  { facts: { classNames }, data: { merge = {} }, raw }: Labels,
): readonly (number | null)[] {
  const into = new Map(
    Object.entries(merge).flatMap(([joined, labels]) => labels.map((label) => [label, joined] as const)),
  );
  const indices = (texts ?? []).map((text, code) => {
    const index = classNames.indexOf(into.get(text) ?? text);
    if (index !== -1) return index;
    if (isUnknownLabel(text, { classNames })) return null;
    throw new InputError(
      `Cannot read data: ${placeIn(raw)(values.indexOf(code))}, column ${
        quoted(name)
      }: a label must be one of ${quotedList(classNames)}, found ${quoted(text)}${
        nearMiss(text, classNames)
      }`,
    );
  });
  return Array.from(values, (code) => Number.isNaN(code) ? null : indices[code]);
}
