import type { LoadOptions } from "../base/data_source.ts";
import type { TableFormat } from "../base/table_format.ts";
import { predictedColumns } from "../base/predicted.ts";
import type { TableFile } from "../reading/base/table_content.ts";
import type { RawTable } from "../reading/raw_table.ts";
import { readTable } from "../reading/read_table.ts";
import { declaredTypes, type ReadSpec } from "./plan_columns.ts";
import { tableFiles } from "./table_files.ts";

/** The columns of a table, and the files that they are from. */
export interface ReadColumns {
  readonly raw: RawTable;
  readonly files: readonly TableFile[];
  /** The files of the test split, if it has its own. */
  readonly testFiles: readonly TableFile[];
}

/**
 * Reads the columns of a table that are used.
 *
 * @throws {InputError} If a file is missing or wrong, or a declared column is not in it.
 */
export async function readColumns(spec: ReadSpec, options: LoadOptions): Promise<ReadColumns> {
  const { files, testFiles, cacheDir } = await tableFiles(spec, options);
  const { groups, weight, splitColumn, byTime, drop = [], only } = spec;
  const others = [...predictedColumns(spec), groups, weight, splitColumn?.column, byTime]
    .filter((name) => name !== undefined);
  const raw = await readTable({
    files: [...files, ...testFiles],
    format: formatOf(spec),
    markers: spec.missing?.markers ?? [],
    types: declaredTypes(spec),
    dateFormats: dateFormats(spec),
    drop: drop.filter((name) => !others.includes(name)),
    named: namedColumns(spec),
    ...only === undefined ? {} : { only: [...only, ...others] },
    cacheDir,
    onProgress: options.onProgress,
    signal: options.signal,
  });
  return { raw, files, testFiles };
}

/** Returns the fields that say how the text is written, which decide what is kept decoded. */
function formatOf(
  { separator, quote, decimalComma, thousands, comment, encoding, header }: ReadSpec,
): TableFormat {
  const fields = { separator, quote, decimalComma, thousands, comment, encoding, header };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function dateFormats({ columns = {} }: ReadSpec): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([name, { format }]) => format === undefined ? [] : [[name, format]]),
  );
}

/** Returns the columns that a declaration names, each after the field that names it. */
function namedColumns(
  {
    label,
    target = [],
    labels = [],
    groups,
    weight,
    splitColumn,
    byTime,
    drop = [],
    only = [],
    columns = {},
  }: ReadSpec,
): readonly (readonly [string, string])[] {
  const fields: readonly (readonly [string, readonly (string | undefined)[]])[] = [
    ["label", [label]],
    ["target", target],
    ["labels", labels],
    ["groups", [groups]],
    ["weight", [weight]],
    ["splitColumn", [splitColumn?.column]],
    ["byTime", [byTime]],
    ["drop", drop],
    ["only", only],
    ["columns", Object.keys(columns)],
  ];
  return fields.flatMap(([field, names]) =>
    names.filter((name) => name !== undefined).map((name) => [field, name] as const)
  );
}
