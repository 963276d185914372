import type { LoadOptions } from "./base/data_source.ts";
import type { DataSpec, TableSpec } from "./base/data_spec.ts";
import type { Dataset, Split } from "./base/dataset.ts";
import { loadDataset } from "./load_dataset.ts";
import { columnFacts } from "./profile/column_facts.ts";
import { columnProfile } from "./profile/column_profile.ts";
import type { ClassProfile, ColumnProfile, TableProfile } from "./profile/table_profile.ts";
import { predictedColumns } from "./base/predicted.ts";
import { dataWarnings } from "./split_warnings.ts";
import { prepareTable } from "./table/load_table.ts";
import { openTable } from "./table/open_table.ts";
import { planColumn } from "./table/plan_columns.ts";
import { readColumns } from "./table/read_columns.ts";
import { table } from "./table/declaration/table.ts";
import { factWarnings, type FoundColumn, usedRows } from "./table/table_warnings.ts";

/**
 * Returns what a data set holds: its columns if it is a table, its classes in each split, and what is suspicious.
 *
 * @throws {InputError} If it cannot be loaded.
 */
export async function profileData(spec: DataSpec, options: LoadOptions): Promise<TableProfile> {
  if (spec.kind === "table") return await profileTable(spec, options);
  const dataset = await loadDataset(spec, options);
  return {
    files: [spec.kind === "csv" ? spec.file : spec.kind],
    rows: dataset.train.n + dataset.validation.n + dataset.test.n,
    dropped: 0,
    findings: [],
    columns: [],
    ...datasetProfile(dataset, { folds: spec.folds }),
  };
}

/** Fields of {@link profileFile}. */
export interface FileFields {
  /** The column with the class. Default: none, so that there are no splits. */
  readonly label?: string;
  /** The column with the number to predict, not given beside `label`. Default: none. */
  readonly target?: string;
  /** Texts that stand for missing values. Default: none but blank fields. */
  readonly markers: readonly string[];
  /** Whether its first line has the names of the columns; else they are column1, column2, ... */
  readonly hasHeader: boolean;
  /** Whether its numbers have a comma before their fraction. */
  readonly decimalComma: boolean;
}

/**
 * Returns what a file holds that no experiment declares.
 *
 * @throws {InputError} If it cannot be read, or has no such label.
 */
export async function profileFile(
  file: string,
  { label, target, markers, hasHeader, decimalComma, ...options }: FileFields & LoadOptions,
): Promise<TableProfile> {
  const form = {
    ...markers.length === 0 ? {} : { missing: { markers } },
    ...hasHeader ? {} : { header: false },
    ...decimalComma ? { decimalComma } : {},
  };
  if (label !== undefined) return await profileTable(table({ file, label, ...form }), options);
  if (target !== undefined) return await profileTable(table({ file, target, ...form }), options);
  const { raw, files } = await readColumns({ file, ...form }, options);
  const rows = Int32Array.from({ length: raw.rows }, (_, row) => row);
  const columns: ColumnProfile[] = [];
  const found: FoundColumn[] = [];
  for (const name of raw.names) {
    const column = await raw.column(name);
    columns.push(columnProfile(column, { kind: planColumn(column, {}).kind, rows }));
    found.push({ name, facts: columnFacts(column, { rows, labels: null }), texts: column.texts ?? [] });
  }
  return {
    files: files.map(({ name }) => name),
    ...{ columns, rows: raw.rows, dropped: 0, findings: raw.findings },
    ...{ classes: null, folds: null, inputDim: null },
    warnings: factWarnings(found),
  };
}

async function profileTable(spec: TableSpec, options: LoadOptions): Promise<TableProfile> {
  const opened = await openTable(spec, options);
  const dataset = await prepareTable(opened, spec);
  const { raw, plans, dropped, files } = opened;
  const rows = usedRows(opened);
  const kinds = new Map<string, string>([
    ...plans.map(({ name, kind }) => [name, kind] as const),
    ...predictedColumns(spec).map((name) => [name, spec.target === undefined ? "label" : "target"] as const),
    ...spec.groups === undefined ? [] : [[spec.groups, "groups"] as const],
    ...spec.weight === undefined ? [] : [[spec.weight, "weight"] as const],
    ...spec.splitColumn === undefined ? [] : [[spec.splitColumn.column, "split"] as const],
  ]);
  const columns: ColumnProfile[] = [];
  for (const name of raw.names) {
    // The column of times may be none of the features.
    const kind = kinds.get(name) ?? "time";
    columns.push(columnProfile(await raw.column(name), { kind, rows }));
  }
  return {
    ...{ files, dropped, rows: raw.rows, findings: raw.findings },
    columns: [...columns, ...raw.ignored.map(unusedColumn)],
    ...datasetProfile(dataset, { folds: spec.folds }),
  };
}

/** Returns the profile of a column that was not read. */
function unusedColumn(name: string): ColumnProfile {
  return { name, kind: "not used", missing: null, distinct: null, range: "", histogram: [] };
}

function datasetProfile(
  dataset: Dataset,
  { folds }: { readonly folds: number | undefined },
): Pick<TableProfile, "classes" | "folds" | "inputDim" | "warnings"> {
  return {
    classes: dataset.targets === undefined ? classProfiles(dataset) : null,
    folds: folds ?? null,
    inputDim: dataset.inputDim,
    warnings: dataWarnings(dataset, { folds }),
  };
}

function classProfiles({ classNames, train, validation, test }: Dataset): readonly ClassProfile[] {
  const count = ({ labels }: Split) => {
    const counts = new Array<number>(classNames.length).fill(0);
    for (let row = 0; row < labels.length; row++) counts[labels[row]] += 1;
    return counts;
  };
  const counts = { train: count(train), validation: count(validation), test: count(test) };
  return classNames.map((name, label) => ({
    name,
    train: counts.train[label],
    validation: counts.validation[label],
    test: counts.test[label],
  }));
}
