import { join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { digestJson } from "../../core/numbers/digest.ts";
import { quoted, quotedList } from "../../core/text/quoted.ts";
import { isGzipName } from "../text/gunzip.ts";
import { MemorySink } from "./base/block_sink.ts";
import type { DecodedTable } from "./base/decoded_table.ts";
import { lineOf } from "./base/line_runs.ts";
import { fileStamp } from "./base/table_content.ts";
import { ENDINGS, kindOf, type TableKind } from "./base/table_kind.ts";
import type { TableOptions } from "./base/table_options.ts";
import { decodeTextTable } from "./delimited/decode_text_table.ts";
import type { RawTable } from "./raw_table.ts";
import { type DecodeTable, keepTable } from "./store/keep_table.ts";
import { StoreError } from "./store/stored_table.ts";
import { decodeJson } from "./values/decode_json.ts";
import { decodeParquet } from "./values/decode_parquet.ts";
import { tableDigests } from "./table_digests.ts";

/** Options of {@link readTable}. */
export interface ReadTableOptions extends TableOptions {
  /** Folder that keeps decoded tables; null keeps none: decoded columns are then in memory. */
  readonly cacheDir: string | null;
  /** The digests of the files by {@link tableDigests}. Default: they are computed if they are needed. */
  readonly digests?: readonly string[];
}

/** It is a part of each key: a change of what is decoded, or of how it is stored, must increase it. */
const VERSION = 1;

/** Tables with less content stay in memory. */
const SMALL_BYTES = 8_388_608;
/** How much content a byte of a compressed file may well have. */
const UNPACKED = 8;

/**
 * Reads the files of a table.
 *
 * A table of 8 MB or more is decoded into a file of `cacheDir`, from which a second load reads it; where that folder cannot be
 * written, it is decoded into memory.
 *
 * @throws {InputError} If the files are no table, or not the one that is declared.
 */
export async function readTable(options: ReadTableOptions): Promise<RawTable> {
  const before = stampsOf(options);
  let table = await decode(options);
  checkStamps(options, before);
  const { rows, columns, ignored, findings, firstRows, lines } = table.facts;
  const names = columns.map(({ name }) => name);
  const indexOf = (name: string) => {
    const index = names.indexOf(name);
    if (index !== -1) return index;
    throw new InputError(
      `Cannot read data: a column must be one of ${quotedList(names)}, found ${quoted(name)}`,
    );
  };
  const read = async (index: number) => {
    for (const cacheDir of [options.cacheDir, null]) {
      try {
        return await table.column(index);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        // The kept file was removed or damaged meanwhile; if the next one is so too, none is used.
        checkStamps(options, before);
        table = await decode({ ...options, cacheDir });
        checkStamps(options, before);
      }
    }
    return await table.column(index);
  };
  return {
    rows,
    names,
    ignored,
    findings,
    firstRows,
    placeOf: (row) => {
      let at = firstRows.length - 1;
      while (firstRows[at] > row) at--;
      return { file: options.files[at].name, line: lineOf(row, lines) };
    },
    describe: (name) => columns[indexOf(name)],
    column: async (name) => {
      const index = indexOf(name);
      return { ...columns[index], values: await read(index) };
    },
  };
}

const DECODERS: Readonly<Record<TableKind, (options: TableOptions) => DecodeTable>> = {
  text: (options) => (makeSink) => decodeTextTable(options, makeSink),
  parquet: (options) => (makeSink) => decodeParquet(options, makeSink),
  json: (options) => (makeSink) => decodeJson(options, makeSink),
};

async function decode(options: ReadTableOptions): Promise<DecodedTable> {
  const { files, cacheDir } = options;
  const kind = commonKind(options);
  const decodeInto = DECODERS[kind](options);
  const size = files.reduce((sum, { name, path }) => {
    const isPacked = kind === "parquet" || isGzipName(name);
    return sum + (isPacked ? UNPACKED : 1) * fileStamp({ name, path }).size;
  }, 0);
  if (cacheDir !== null && size >= SMALL_BYTES) {
    const key = await keyOf(options, kind);
    try {
      return await keepTable({ folder: join(cacheDir, "tables"), key, decode: decodeInto });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
  }
  let sink = new MemorySink(0);
  const facts = await decodeInto((columns) => sink = new MemorySink(columns));
  return { facts, column: (index) => sink.column(index) };
}

async function keyOf(options: ReadTableOptions, kind: TableKind): Promise<string> {
  const { files, format, markers, types, drop = [], only = null, dateFormats = {}, signal } = options;
  const digests = options.digests ?? await tableDigests(files, { signal });
  return digestJson({
    version: VERSION,
    kind,
    digests,
    format: { ...format },
    markers,
    types,
    drop,
    only,
    dateFormats,
  });
}

function commonKind({ files }: TableOptions): TableKind {
  const kinds = files.map(({ name }) => kindOf(name));
  const wrong = kinds.findIndex((kind) => kind === null);
  if (wrong !== -1) {
    throw new InputError(
      `Cannot read data: the name of a table must end in ${ENDINGS}, found ${quoted(files[wrong].name)}`,
    );
  }
  const other = kinds.findIndex((kind) => kind !== kinds[0]);
  if (other !== -1) {
    throw new InputError(
      `Cannot read data: the files of a table must be of one kind, found ${quoted(files[0].name)} and ${
        quoted(files[other].name)
      }`,
    );
  }
  return kinds[0]!;
}

/** Returns what a file's content cannot change without. */
function stampsOf({ files }: TableOptions): readonly string[] {
  return files.map((file) => {
    const { size, changed } = fileStamp(file);
    return `${size} ${changed}`;
  });
}

function checkStamps(options: TableOptions, before: readonly string[]): void {
  const at = stampsOf(options).findIndex((stamp, file) => stamp !== before[file]);
  if (at === -1) return;
  throw new InputError(
    `Cannot read data: ${options.files[at].name} must stay as it is while it is read, found a change`,
  );
}
