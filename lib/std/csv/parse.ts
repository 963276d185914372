import { type ReadOptions, readRecords } from "./read_records.ts";

/** Options of {@link parse}. */
export interface ParseOptions extends ReadOptions {
  /** Skips the first row and, unless `columns` is given, takes the names of the columns from it. Default: false. */
  skipFirstRow?: boolean;
  /** Names of the columns. */
  columns?: readonly string[];
}

/** The rows as records if there are names of columns, otherwise as arrays. */
export type ParseResult<ParseOptions, T> = T extends
  ParseOptions & { columns: readonly (infer C extends string)[] } ? RecordWithColumn<C>[]
  : T extends ParseOptions & { skipFirstRow: true } ? Record<string, string>[]
  : T extends ParseOptions & { columns?: undefined; skipFirstRow?: false | undefined } ? string[][]
  : Record<string, string>[] | string[][];

/** A record whose keys are the names of the columns. */
export type RecordWithColumn<C extends string> = string extends C ? Record<string, string>
  : Record<C, string>;

/**
 * Parses CSV text (RFC 4180; a byte-order mark and empty lines are skipped).
 *
 * @throws {SyntaxError} If a quote is misplaced or missing, or a row has not `fieldsPerRecord` fields.
 * @throws {Error} If a row has not as many fields as there are columns.
 */
export function parse(input: string): string[][];
export function parse<const T extends ParseOptions>(input: string, options: T): ParseResult<ParseOptions, T>;
export function parse(input: string, options: ParseOptions = {}): Record<string, string>[] | string[][] {
  const rows = readRecords(input.startsWith("\ufeff") ? input.slice(1) : input, options);
  if (!options.skipFirstRow && !options.columns) return rows;
  const first = options.skipFirstRow ? rows.shift() : [];
  if (first === undefined) throw new TypeError("Cannot parse input: headers must be defined");
  const names = options.columns ?? first;
  return rows.map((row, index) => nameFields(row, names, index + (options.skipFirstRow ? 2 : 1)));
}

function nameFields(row: readonly string[], names: readonly string[], line: number): Record<string, string> {
  if (row.length !== names.length) {
    throw new Error(
      `Syntax error on line ${line}: The record has ${row.length} fields, but the header has ${names.length} fields`,
    );
  }
  return Object.fromEntries(names.map((name, index) => [name, row[index]]));
}
