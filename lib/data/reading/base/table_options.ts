import { InputError } from "../../../core/check/errors.ts";
import { nearMiss, quoted, quotedList } from "../../../core/text/quoted.ts";
import type { DataProgress } from "../../base/data_source.ts";
import type { TableFormat } from "../../base/table_format.ts";
import { dateReader } from "../../text/date_reader.ts";
import type { NumberReader } from "../../text/number_reader.ts";
import type { ColumnPlan } from "./column_plan.ts";
import type { ColumnType } from "../../base/raw_column.ts";
import type { TableFile } from "./table_content.ts";

/** The files of a table and how they are read. */
export interface TableOptions {
  /** The files in the order of their rows; all have the same columns in the same order. */
  readonly files: readonly TableFile[];
  readonly format: TableFormat;
  /** Texts that stand for a missing value, without blanks around them; a blank field always does. */
  readonly markers: readonly string[];
  /** How columns are read, by name; of others it is found out. */
  readonly types: Readonly<Record<string, ColumnType>>;
  /** Names of columns that are not read. Default: none. */
  readonly drop?: readonly string[];
  /** Names of the only columns that are read. Default: all. */
  readonly only?: readonly string[];
  /** Columns that must be there, each after the field of the declaration that names it. Default: those of the fields above. */
  readonly named?: readonly (readonly [field: string, column: string])[];
  /** The formats of dates by column, as {@link dateReader} takes them. Default: ISO 8601. */
  readonly dateFormats?: Readonly<Record<string, string>>;
  readonly onProgress?: (progress: DataProgress) => void;
  /** Aborts reading. */
  readonly signal?: AbortSignal;
}

/** Returns whether a text stands for a missing value. */
export function missingRule({ markers }: Pick<TableOptions, "markers">): (text: string) => boolean {
  const texts = new Set(markers.map((marker) => marker.trim()));
  return (text) => {
    const plain = text.trim();
    return plain === "" || texts.has(plain);
  };
}

/** Returns the numbers that may stand for a missing value, such as that of "-999": others need no look at their text. */
export function markedNumbers(
  { markers }: Pick<TableOptions, "markers">,
  { numbers }: { readonly numbers: NumberReader },
): ReadonlySet<number> {
  return new Set(markers.map(numbers).filter((plain) => plain !== null).map(Number));
}

/**
 * Returns how the columns of a table are read.
 *
 * @param guess Returns the type of a column whose type is not declared, by its index.
 * @throws {InputError} If a declared column is not there, or none is left.
 */
export function planColumns(
  names: readonly string[],
  { options, guess }: { readonly options: TableOptions; readonly guess: (column: number) => ColumnType },
): readonly ColumnPlan[] {
  const { files, types, drop = [], only, dateFormats = {}, named = [] } = options;
  const declared: readonly (readonly [field: string, columns: readonly string[]])[] = [
    ...named.map(([field, column]) => [field, [column]] as const),
    ["drop", drop],
    ["only", only ?? []],
    ["columns", [...Object.keys(types), ...Object.keys(dateFormats)]],
  ];
  const known = new Set(names);
  for (const [field, columns] of declared) {
    const missing = columns.find((column) => !known.has(column));
    if (missing === undefined) continue;
    throw new InputError(
      `Cannot read data: ${files[0].name}: a column must be ${
        quoted(missing)
      }, which data.${field} names, found ${quotedList(names)}${nearMiss(missing, names)}`,
    );
  }
  const dropped = new Set(drop);
  const kept = only === undefined ? null : new Set(only);
  return names.map((name, column) => {
    const isRead = !dropped.has(name) && (kept === null || kept.has(name));
    const dateFormat = Object.hasOwn(dateFormats, name) ? dateFormats[name] : undefined;
    const type = Object.hasOwn(types, name) ? types[name] : dateFormat === undefined ? null : "date";
    return {
      name,
      type: isRead ? type ?? guess(column) : null,
      isDeclared: type !== null,
      dates: dateReader(dateFormat),
      ...dateFormat === undefined ? {} : { dateFormat },
    };
  });
}
