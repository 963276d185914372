import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { InputError } from "../../../core/check/errors.ts";
import { messageOf } from "../../../core/check/message_of.ts";
import { quoted, quotedList } from "../../../core/text/quoted.ts";
import type { BlockSink, MakeSink } from "../base/block_sink.ts";
import type { ColumnType } from "../../base/raw_column.ts";
import type { ColumnPlan } from "../base/column_plan.ts";
import type { TableFacts } from "../base/decoded_table.ts";
import { LineRuns } from "../base/line_runs.ts";
import { fileStamp, type TableFile } from "../base/table_content.ts";
import { planColumns, type TableOptions } from "../base/table_options.ts";
import { ValueColumn } from "./value_column.ts";

type Parquet = typeof import("./parquet_package.ts");
type ReadOptions = Parameters<Parquet["parquetRead"]>[0];
type Metadata = Awaited<ReturnType<Parquet["parquetMetadataAsync"]>>;
type Schema = ReturnType<Parquet["parquetSchema"]>;

const DAY_MS = 86_400_000;

/** Times as days; by default they would be values of Date, which has no smaller unit than milliseconds. */
const PARSERS: ReadOptions["parsers"] = {
  dateFromDays: (days) => days,
  timestampFromMilliseconds: (milliseconds) => Number(milliseconds) / DAY_MS,
  timestampFromMicroseconds: (microseconds) => Number(microseconds) / (DAY_MS * 1000),
  timestampFromNanoseconds: (nanoseconds) => Number(nanoseconds / 1000n) / (DAY_MS * 1000),
};

/** The system's own; Snappy is the package's, in JavaScript. The packages for others are WebAssembly, which must be ours alone. */
const COMPRESSORS: ReadOptions["compressors"] = {
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: Math.max(1, length) }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: Math.max(1, length) }),
  ZSTD: (input, length) => zstdDecompressSync(input, { maxOutputLength: Math.max(1, length) }),
};

/**
 * Decodes Parquet files, a group of rows at a time. Numbers, dates and times are as the files have them, true and false are texts,
 * decimals are rounded to float64.
 *
 * @throws {InputError} If one is damaged, its columns are not those of the first, or one that is read has lists or records.
 */
export async function decodeParquet(options: TableOptions, makeSink: MakeSink): Promise<TableFacts> {
  const { files, markers, onProgress, signal } = options;
  const opened: OpenFile[] = [];
  for (const file of files) opened.push(await openFile(file));
  const { names, types } = describeColumns(opened);
  const plans = planColumns(names, {
    options,
    guess: (column) => types[column] ?? failNested(names[column], files[0]),
  });
  const columns = plans.flatMap((plan, at): ReadColumn[] => {
    if (plan.type === null) return [];
    const type = types[at] ?? failNested(plan.name, files[0]);
    return [{ plan, values: new ValueColumn({ plan, hasDates: type === "date", markers }) }];
  });
  const writer = new GroupWriter(makeSink(columns.length), columns.length);
  const firstRows: number[] = [];
  const lines = new LineRuns();
  const total = opened.reduce((sum, { metadata }) => sum + Number(metadata.num_rows), 0);
  if (total === 0) throw new InputError(`Cannot read data: ${files[0].name} must have rows, found none`);
  for (const open of opened) {
    firstRows.push(writer.rows);
    lines.add(writer.rows, 1);
    let first = 0;
    for (const { num_rows } of open.metadata.row_groups) {
      signal?.throwIfAborted();
      const group = { first, rows: Number(num_rows) };
      const values: Float64Array[] = [];
      for (const column of columns) values.push(await readColumn(open, column, group));
      writer.add(values, group.rows);
      first += group.rows;
      onProgress?.({ title: files[0].name, step: "decode", done: writer.rows, total });
    }
  }
  writer.finish();
  return {
    rows: writer.rows,
    // Each plan that is read has a type.
    columns: columns.map(({ plan: { name, type }, values: { texts } }) => ({ name, type: type!, texts })),
    ignored: plans.filter(({ type }) => type === null).map(({ name }) => name),
    findings: [],
    firstRows,
    lines: lines.pairs,
  };
}

interface ReadColumn {
  readonly plan: ColumnPlan;
  readonly values: ValueColumn;
}

interface OpenFile {
  readonly file: TableFile;
  readonly parquet: Parquet;
  readonly source: ReadOptions["file"];
  readonly metadata: Metadata;
}

async function openFile(file: TableFile): Promise<OpenFile> {
  // A literal import would have Deno fetch the package at each start.
  const href = new URL("./parquet_package.ts", import.meta.url).href;
  const parquet = await import(href) as Parquet;
  const { size } = fileStamp(file);
  const source: ReadOptions["file"] = {
    byteLength: size,
    slice: (start, end = size) => readSlice(file.path, { start, end }),
  };
  const metadata = await readingParquet(
    file,
    () => parquet.parquetMetadataAsync(source, { parsers: PARSERS }),
  );
  return { file, parquet, source, metadata };
}

async function readSlice(
  path: string,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<ArrayBuffer> {
  using file = await Deno.open(path);
  const size = (await file.stat()).size;
  if (!(start >= 0 && start <= end && end <= size)) throw new RangeError("a part of the file is missing");
  const bytes = new Uint8Array(end - start);
  await file.seek(start, Deno.SeekMode.Start);
  for (let filled = 0; filled < bytes.length;) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) throw new RangeError("a part of the file is missing");
    filled += count;
  }
  return bytes.buffer;
}

/** Calls the package, which throws errors of many kinds for a damaged file. */
async function readingParquet<T>({ name }: TableFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(
      `Cannot read data: ${name} must be a whole Parquet file, without compression or by Snappy, gzip, Brotli or ` +
        `Zstandard, found ${quoted(messageOf(error))}`,
    );
  }
}

interface Described {
  readonly names: readonly string[];
  /** The type of each column; null if it has lists or records. */
  readonly types: readonly (ColumnType | null)[];
}

function describeColumns(files: readonly OpenFile[]): Described {
  const [first, ...others] = files.map(({ file, parquet, metadata }) => {
    const { children } = parquet.parquetSchema(metadata);
    return { file, names: children.map(({ element }) => element.name), types: children.map(typeOfColumn) };
  });
  for (const { file, names, types } of others) {
    const isSame = names.length === first.names.length &&
      names.every((name, at) => name === first.names[at] && types[at] === first.types[at]);
    if (isSame) continue;
    throw new InputError(
      `Cannot read data: ${file.name}: it must have the columns of ${first.file.name}, ${
        quotedList(first.names)
      }, with the same types, found ${quotedList(names)}`,
    );
  }
  return first;
}

function typeOfColumn({ children, element }: Schema): ColumnType | null {
  const { type, converted_type: converted, logical_type: logical, repetition_type: repetition } = element;
  if (children.length > 0 || repetition === "REPEATED") return null;
  if (converted === "DATE" || logical?.type === "DATE" || type === "INT96") return "date";
  if (converted?.startsWith("TIMESTAMP") || logical?.type === "TIMESTAMP") return "date";
  if (converted === "DECIMAL" || logical?.type === "FLOAT16") return "number";
  return type === "BOOLEAN" || type === "BYTE_ARRAY" || type === "FIXED_LEN_BYTE_ARRAY" ? "text" : "number";
}

function failNested(name: string, file: TableFile): never {
  throw new InputError(
    `Cannot read data: ${file.name}, column ${
      quoted(name)
    }: a column must have numbers, texts or dates, found lists or ` +
      `records; leave it out by drop: [${quoted(name)}]`,
  );
}

interface RowGroup {
  readonly first: number;
  readonly rows: number;
}

async function readColumn(
  open: OpenFile,
  column: ReadColumn,
  { first, rows }: RowGroup,
): Promise<Float64Array> {
  const { file, parquet, source, metadata } = open;
  const values = new Float64Array(rows).fill(NaN);
  const parts: { readonly start: number; readonly data: ArrayLike<unknown> }[] = [];
  await readingParquet(file, () =>
    parquet.parquetRead({
      file: source,
      metadata,
      columns: [column.plan.name],
      rowStart: first,
      rowEnd: first + rows,
      parsers: PARSERS,
      compressors: COMPRESSORS,
      onChunk: ({ columnData, rowStart }) => parts.push({ start: rowStart, data: columnData }),
    }));
  for (const { start, data } of parts.sort((a, b) => a.start - b.start)) {
    for (let i = 0; i < data.length; i++) {
      const row = start + i;
      if (row < first || row >= first + rows) continue;
      values[row - first] = column.values.read(data[i], { file: file.name, line: row + 1 });
    }
  }
  return values;
}

/** Deals the columns of groups of rows to blocks. */
class GroupWriter {
  rows = 0;
  readonly #sink: BlockSink;
  readonly #columns: number;
  #filled = 0;

  constructor(sink: BlockSink, columns: number) {
    this.#sink = sink;
    this.#columns = columns;
  }

  add(values: readonly Float64Array[], rows: number): void {
    const { blockRows } = this.#sink;
    for (let first = 0; first < rows;) {
      const count = Math.min(rows - first, blockRows - this.#filled);
      for (let column = 0; column < this.#columns; column++) {
        this.#sink.block.set(
          values[column].subarray(first, first + count),
          column * blockRows + this.#filled,
        );
      }
      first += count;
      this.#filled += count;
      if (this.#filled === blockRows) this.finish();
    }
    this.rows += rows;
  }

  finish(): void {
    if (this.#filled > 0) this.#sink.flush(this.#filled);
    this.#filled = 0;
  }
}
