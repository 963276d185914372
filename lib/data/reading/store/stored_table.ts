import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import { writeAllSync } from "../../../files/write_all.ts";
import { blockRowsOf, type BlockSink, firstRowsOf } from "../base/block_sink.ts";
import type { DecodedTable, TableFacts } from "../base/decoded_table.ts";

/** The file of a decoded table cannot be written or read, so that the table must be decoded without it. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

/*
 * The file: the blocks in their order, each column after column; the lines of rows; the checksum of each column of each
 * block; the index as JSON; a footer. Numbers are little-endian, as on every system that Deno runs on.
 */
const MAGIC = 0x5ab1e001;
const FOOTER_BYTES = 16;
const VALUE_BYTES = 8;

interface TableIndex extends Omit<TableFacts, "lines"> {
  readonly key: string;
  readonly blockRows: number;
  /** Numbers of the lines, and of the checksums after them. */
  readonly lines: number;
  readonly checksums: number;
  /** The checksum of both. */
  readonly checksum: number;
}

/** Writes the blocks of a table to a file. */
export class StoreSink implements BlockSink {
  readonly blockRows: number;
  readonly block: Float64Array;
  readonly #file: Deno.FsFile;
  readonly #checksums: number[] = [];

  /** @param columns The number of columns; the file is emptied. */
  constructor(file: Deno.FsFile, columns: number) {
    this.#file = file;
    this.blockRows = blockRowsOf(columns);
    this.block = new Float64Array(columns * this.blockRows);
    storing(() => {
      file.truncateSync(0);
      file.seekSync(0, Deno.SeekMode.Start);
    });
  }

  flush(rows: number): void {
    const values = firstRowsOf(this.block, { rows, blockRows: this.blockRows });
    for (let at = 0; at < values.length; at += rows) {
      this.#checksums.push(crc32(bytesOf(values.subarray(at, at + rows))));
    }
    storing(() => writeAllSync(this.#file, bytesOf(values)));
  }

  /** Writes what is known of the table, and waits for the disk. */
  finish({ lines, ...facts }: TableFacts, { key }: { readonly key: string }): void {
    const numbers = new Int32Array(lines.length + this.#checksums.length);
    numbers.set(lines);
    numbers.set(this.#checksums, lines.length);
    const index: TableIndex = {
      ...facts,
      key,
      blockRows: this.blockRows,
      lines: lines.length,
      checksums: this.#checksums.length,
      checksum: crc32(bytesOf(numbers)),
    };
    const text = new TextEncoder().encode(JSON.stringify(index));
    const footer = new DataView(new ArrayBuffer(FOOTER_BYTES));
    footer.setUint32(0, MAGIC);
    footer.setUint32(4, crc32(text));
    footer.setFloat64(8, text.length);
    storing(() => {
      for (const part of [bytesOf(numbers), text, bytesOf(footer)]) writeAllSync(this.#file, part);
      this.#file.syncDataSync();
    });
  }
}

/** Opens the file of a table; null if there is none, or if it is damaged or of another key. */
export async function openStored(
  path: string,
  { key }: { readonly key: string },
): Promise<DecodedTable | null> {
  try {
    using file = await Deno.open(path);
    const { size } = await file.stat();
    const footer = await readAt(file, { at: size - FOOTER_BYTES, length: FOOTER_BYTES });
    const view = new DataView(footer.buffer);
    const length = view.getFloat64(8);
    if (view.getUint32(0) !== MAGIC || !(length > 0 && length < size)) return null;
    const text = await readAt(file, { at: size - FOOTER_BYTES - length, length });
    if (crc32(text) !== view.getUint32(4)) return null;
    // The checksum holds, so this is what was written.
    const index = JSON.parse(new TextDecoder().decode(text)) as TableIndex;
    const { rows, columns, ignored, findings, firstRows } = index;
    const values = rows * columns.length * VALUE_BYTES;
    const numbers = (index.lines + index.checksums) * 4;
    if (index.key !== key || size !== values + numbers + length + FOOTER_BYTES) return null;
    const bytes = await readAt(file, { at: values, length: numbers });
    if (crc32(bytes) !== index.checksum) return null;
    const lines = new Int32Array(bytes.buffer, 0, index.lines);
    const checksums = new Uint32Array(bytes.buffer, 4 * index.lines);
    return {
      facts: { rows, columns, ignored, findings, firstRows, lines },
      column: (column) => readColumn(path, { index, checksums, column }),
    };
  } catch {
    // Whatever the reason is, the table is decoded again.
    return null;
  }
}

interface ColumnPlace {
  readonly index: TableIndex;
  readonly checksums: Uint32Array;
  readonly column: number;
}

async function readColumn(path: string, { index, checksums, column }: ColumnPlace): Promise<Float64Array> {
  const { rows, columns: { length: columns }, blockRows } = index;
  const values = new Float64Array(rows);
  try {
    using file = await Deno.open(path);
    for (let first = 0, block = 0; first < rows; first += blockRows, block++) {
      const count = Math.min(blockRows, rows - first);
      const piece = bytesOf(values.subarray(first, first + count));
      await readInto(file, piece, (first * columns + column * count) * VALUE_BYTES);
      if (crc32(piece) !== checksums[block * columns + column]) throw new StoreError("a wrong checksum");
    }
    return values;
  } catch (error) {
    // Its index may be whole, so it would be opened again.
    await Deno.remove(path).catch(() => {});
    throw new StoreError(`Cannot read ${path}`, { cause: error });
  }
}

async function readAt(
  file: Deno.FsFile,
  { at, length }: { readonly at: number; readonly length: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  await readInto(file, bytes, at);
  return bytes;
}

async function readInto(file: Deno.FsFile, bytes: Uint8Array, at: number): Promise<void> {
  await file.seek(at, Deno.SeekMode.Start);
  for (let filled = 0; filled < bytes.length;) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) throw new StoreError("a part is missing");
    filled += count;
  }
}

/** Calls the system, whose refusal is an error of the store. */
function storing(call: () => void): void {
  try {
    call();
  } catch (error) {
    throw new StoreError("Cannot write a decoded table", { cause: error });
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}
