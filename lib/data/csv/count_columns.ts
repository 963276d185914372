import { resolve } from "node:path";
import { parse } from "@std/csv/parse";
import { fileLength } from "../../files/read_bytes.ts";
import type { DataPlace } from "../base/data_source.ts";
import type { CsvFormat } from "../base/csv_format.ts";
import type { CsvSpec } from "../base/data_spec.ts";
import { isGzipName } from "../text/gunzip.ts";

/** A longer first line is left to the reader of the whole table. */
const LONGEST_LINE = 1_048_576;

/**
 * Returns the number of columns of a CSV file, from its first record alone; null if that cannot be read. What is wrong
 * with the file is reported when it is loaded.
 */
export async function countColumns(
  { file, header, separator, comment, encoding }: Pick<CsvSpec, "file" | "header" | keyof CsvFormat>,
  { baseDir }: DataPlace,
): Promise<number | null> {
  if (Array.isArray(header)) return header.length;
  // What comes before the first record would have to be unpacked, or skipped.
  if (isGzipName(file) || comment !== undefined) return null;
  try {
    const record = firstRecord(await readStart(resolve(baseDir, file), encoding));
    return record === null ? null : parse(record, { separator })[0]?.length ?? null;
  } catch {
    return null;
  }
}

interface FileStart {
  readonly text: string;
  /** Whether this is the whole file. */
  readonly isWhole: boolean;
}

async function readStart(path: string, encoding: CsvFormat["encoding"]): Promise<FileStart> {
  const length = fileLength(path, { action: "read data" });
  using file = await Deno.open(path);
  const bytes = new Uint8Array(Math.min(length, LONGEST_LINE));
  let filled = 0;
  while (filled < bytes.length) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  // The last letter may be cut.
  return {
    text: new TextDecoder(encoding).decode(bytes.subarray(0, filled)),
    isWhole: length <= LONGEST_LINE,
  };
}

/** Returns the text of the first record, which may have quoted line ends; null if its end is not in the text. */
function firstRecord({ text, isWhole }: FileStart): string | null {
  const start = /^(?:\r?\n)*/.exec(text)![0].length;
  let isQuoted = false;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    if (text[at] === "\n" && !isQuoted) return text.slice(start, at + 1);
  }
  return isWhole ? text.slice(start) : null;
}
