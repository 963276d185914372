import { join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { NO_PERMISSIONS } from "../../core/facts/no_permissions.ts";
import { fileProblem } from "../../files/file_problem.ts";
import { writeAll } from "../../files/write_all.ts";
import type { DigestPiece, DigestRequest } from "./digest_message.ts";
import type { DecodedPart, OfficialSource } from "./official_source.ts";

/** A range of rows or labels to read. */
export interface RowRange {
  readonly split: DecodedPart["split"];
  readonly field: DecodedPart["field"];
  /** The first row. */
  readonly first: number;
  /** Shared memory, filled with the rows or labels from `first` on. */
  readonly into: Uint8Array;
}

/** Options of {@link readDecoded}. */
export interface ReadOptions {
  readonly source: OfficialSource;
  readonly ranges: readonly RowRange[];
}

/**
 * Returns the path of a source's decoded file. The name includes the digest, so that different content has a
 * different file.
 */
export function decodedPath(cacheDir: string, { name, sha256 }: OfficialSource): string {
  return join(cacheDir, `${name}-${sha256.slice(0, 16)}.bin`);
}

/** Returns the bytes of a source's decoded file: training rows, training labels, test rows, test labels. */
export function decodedSize({ rows, inputDim }: OfficialSource): number {
  return (rows.train + rows.test) * (inputDim + 1);
}

/**
 * Reads ranges of a decoded file and returns the SHA-256 of the whole file. Unless it is the source's, the read data
 * are invalid.
 *
 * Another thread hashes while this one reads. It hashes the requested ranges in the memory into which they were read,
 * so that the digest covers exactly the bytes that are used.
 */
export async function readDecoded(path: string, { source, ranges }: ReadOptions): Promise<string> {
  using file = await Deno.open(path);
  const { size } = await file.stat();
  const pieces = piecesOf(size === decodedSize(source) ? byteRanges(ranges, source) : [], size);
  const read = new Int32Array(new SharedArrayBuffer(4));
  const digest = startDigest({ path, pieces, read });
  try {
    let at = 0;
    for (const { length, bytes } of pieces) {
      if (bytes !== null) {
        await file.seek(at, Deno.SeekMode.Start);
        await readWhole(file, { path, bytes });
        Atomics.add(read, 0, 1);
        Atomics.notify(read, 0);
      }
      at += length;
    }
    return await digest.sha256;
  } finally {
    digest.end();
  }
}

/** As {@link readDecoded}, but null if there is no file. */
export async function readIfThere(
  path: string,
  options: ReadOptions,
): Promise<string | null> {
  try {
    return await readDecoded(path, options);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    throw fileProblem(error, { action: "read", path });
  }
}

/** Writes a part of a decoded file at its offset. */
export async function writeDecoded(
  file: Deno.FsFile,
  { source, part }: { readonly source: OfficialSource; readonly part: DecodedPart },
): Promise<void> {
  await file.seek(offsetOf(part, source), Deno.SeekMode.Start);
  await writeAll(file, part.bytes);
}

/** Returns whether a file exists and has the pinned digest. */
export async function isDecoded(path: string, source: OfficialSource): Promise<boolean> {
  return await readIfThere(path, { source, ranges: [] }) === source.sha256;
}

/** Throws an {@link InputError} unless the written file has the pinned digest. */
export async function checkDecoded(
  path: string,
  { source, origin }: { readonly source: OfficialSource; readonly origin: string },
): Promise<void> {
  const found = await readDecoded(path, { source, ranges: [] });
  if (found === source.sha256) return;
  throw new InputError(
    `Cannot read ${source.title}: the files of ${origin} must decode to bytes with the SHA-256 ${source.sha256}, ` +
      `found ${found}`,
  );
}

interface ByteRange {
  readonly start: number;
  readonly into: Uint8Array;
}

/** Returns the requested ranges, in the file's order. */
function byteRanges(ranges: readonly RowRange[], source: OfficialSource): readonly ByteRange[] {
  return ranges.map((range) => ({ start: offsetOf(range, source), into: range.into }))
    .sort((left, right) => left.start - right.start);
}

/** Large enough to make the cost of a message negligible, and small enough for the processor's cache. */
const PIECE_BYTES = 4 << 20;

/** Divides a file into pieces: the requested ranges and the gaps between them. */
function piecesOf(requested: readonly ByteRange[], size: number): readonly DigestPiece[] {
  const pieces: DigestPiece[] = [];
  let at = 0;
  const add = (end: number, into: Uint8Array | null) => {
    for (let done = 0; at < end;) {
      const length = Math.min(PIECE_BYTES, end - at);
      pieces.push({ length, bytes: into?.subarray(done, done + length) ?? null });
      done += length;
      at += length;
    }
  };
  for (const { start, into } of requested) {
    add(start, null);
    add(start + into.length, into);
  }
  add(size, null);
  return pieces;
}

async function readWhole(
  file: Deno.FsFile,
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const n = await file.read(bytes.subarray(done));
    if (n === null) {
      throw new InputError(`Cannot read ${path}: it must not change meanwhile, found it shorter`);
    }
    done += n;
  }
}

/** A digest that a separate thread computes. */
interface Digest {
  readonly sha256: Promise<string>;
  /** Ends the thread, whether it has finished or not. */
  readonly end: () => void;
}

function startDigest(request: DigestRequest): Digest {
  const worker = new Worker(new URL("./digest_worker.ts", import.meta.url), {
    type: "module",
    name: "digest",
    deno: { permissions: { ...NO_PERMISSIONS, read: [request.path] } },
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
  worker.onerror = (event) => {
    // Without this the error would end the whole process.
    event.preventDefault();
    reject(new InputError(`Cannot read ${request.path}: ${event.message}`));
  };
  // If reading fails first, the digest is not awaited.
  promise.catch(() => {});
  worker.postMessage(request);
  return { sha256: promise, end: () => worker.terminate() };
}

/** Returns the offset of a range of rows or labels in the decoded file. */
function offsetOf(
  { split, field, first }: Omit<DecodedPart, "bytes">,
  { rows, inputDim }: OfficialSource,
): number {
  const set = split === "train" ? 0 : rows.train * (inputDim + 1);
  return field === "rows" ? set + first * inputDim : set + rows[split] * inputDim + first;
}
