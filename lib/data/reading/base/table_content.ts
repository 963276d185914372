import { InputError } from "../../../core/check/errors.ts";
import { fileLength } from "../../../files/read_bytes.ts";
import { fileProblem } from "../../../files/file_problem.ts";
import type { CsvEncoding } from "../../base/csv_format.ts";
import { checkForm, otherBytes } from "../../text/decode_text.ts";
import { isGzipName } from "../../text/gunzip.ts";

/** A file of a table. */
export interface TableFile {
  /** Its name in messages. */
  readonly name: string;
  readonly path: string;
}

/** Options of {@link contentOf}. */
export interface ContentOptions {
  /** Called with the bytes of the file that were read at once. */
  readonly onBytes?: (count: number) => void;
  readonly signal?: AbortSignal;
}

const CHUNK = 1_048_576;

/**
 * Yields the content of a file; a compressed one is unpacked. A chunk's bytes are valid until the next one is asked for.
 *
 * @throws {InputError} If it is missing, is no file, or is damaged.
 */
export async function* contentOf(file: TableFile, options: ContentOptions = {}): AsyncGenerator<Uint8Array> {
  if (!isGzipName(file.name)) {
    yield* bytesOf(file, options);
    return;
  }
  const packed = ReadableStream.from(copiesOf(bytesOf(file, options)));
  try {
    yield* packed.pipeThrough(new DecompressionStream("gzip"));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InputError(
      `Cannot read data: ${file.name} must be a whole gzip file, found another one or a part`,
    );
  }
}

/** A stream reads ahead, so its chunks must not share memory. */
async function* copiesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const chunk of chunks) yield chunk.slice();
}

async function* bytesOf(
  { name, path }: TableFile,
  { onBytes, signal }: ContentOptions,
): AsyncGenerator<Uint8Array> {
  using file = await openFile({ name, path });
  const buffer = new Uint8Array(CHUNK);
  while (true) {
    signal?.throwIfAborted();
    const count = await file.read(buffer);
    if (count === null) return;
    onBytes?.(count);
    yield buffer.subarray(0, count);
  }
}

async function openFile(file: TableFile): Promise<Deno.FsFile> {
  try {
    return await Deno.open(file.path);
  } catch (error) {
    throw openProblem(error, file);
  }
}

function openProblem(error: unknown, { name, path }: TableFile): unknown {
  return error instanceof Deno.errors.NotFound
    ? new InputError(`Cannot read data: ${name} must be a file; file not found: ${path}`)
    : fileProblem(error, { action: "read", path });
}

/** What is known of a file without reading it. */
export interface FileStamp {
  /** Its length, in bytes. */
  readonly size: number;
  /** When its content last changed, in milliseconds since 1970; null if the system does not say. */
  readonly changed: number | null;
}

/**
 * Returns the length of a file and when it changed.
 *
 * @throws {InputError} If it is missing or no file.
 */
export function fileStamp(file: TableFile): FileStamp {
  try {
    const size = fileLength(file.path, { action: `read data: ${file.name}` });
    return { size, changed: Deno.statSync(file.path).mtime?.getTime() ?? null };
  } catch (error) {
    throw openProblem(error, file);
  }
}

/**
 * Yields the text of a file as UTF-8, without a byte-order mark. Bytes that are no UTF-8 are not found here.
 *
 * @throws {InputError} If its first bytes are those of another format, or bytes are not of the declared encoding.
 */
export async function* textOf(
  file: TableFile,
  { encoding = "utf-8", ...options }: ContentOptions & { readonly encoding?: CsvEncoding },
): AsyncGenerator<Uint8Array> {
  const transform = transformOf(encoding);
  let isFirst = true;
  try {
    for await (const chunk of contentOf(file, options)) {
      if (isFirst) checkForm(chunk, { file: file.name, encoding });
      const text = transform(chunk);
      yield isFirst && hasMark(text) ? text.subarray(MARK.length) : text;
      isFirst = false;
    }
    const rest = transform();
    if (rest.length > 0) yield rest;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InputError(`Cannot read data: ${file.name} ${otherBytes({ encoding })}`);
  }
}

const MARK = [0xef, 0xbb, 0xbf];

function hasMark(bytes: Uint8Array): boolean {
  return MARK.every((byte, at) => bytes[at] === byte);
}

/** Returns UTF-8 for the next bytes; for none, at the end, what is left over. */
type Transform = (bytes?: Uint8Array) => Uint8Array;

function transformOf(encoding: CsvEncoding): Transform {
  if (encoding === "utf-8") return (bytes = new Uint8Array()) => bytes;
  if (encoding === "latin1") return latin1ToUtf8;
  const decoder = new TextDecoder(encoding, { fatal: true });
  const encoder = new TextEncoder();
  return (bytes) =>
    encoder.encode(bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true }));
}

/** In Latin-1 each byte is the letter of its number; a TextDecoder takes that name for Windows-1252. */
function latin1ToUtf8(bytes: Uint8Array = new Uint8Array()): Uint8Array {
  const text = new Uint8Array(2 * bytes.length);
  let length = 0;
  for (const byte of bytes) {
    if (byte >= 0x80) text[length++] = 0xc0 | (byte >> 6);
    text[length++] = byte < 0x80 ? byte : 0x80 | (byte & 0x3f);
  }
  return text.subarray(0, length);
}
