import { dirname } from "node:path";
import { InputError } from "../core/check/errors.ts";
import { fileProblem, shownPath } from "./file_problem.ts";
import { syncFolder } from "./sync_folder.ts";
import { writeAll, writeAllSync } from "./write_all.ts";

/** The content of a file: a text, bytes, or a sequence of texts. */
export type FileContent = string | Uint8Array | Iterable<string>;

/** A sequence of bytes, such as the content of other files. */
export type ByteStream = AsyncIterable<Uint8Array>;

/** Returns the path where a file is written before it is renamed. */
export function partPath(path: string): string {
  return `${path}.part`;
}

/**
 * Writes a file atomically: a reader, or a machine after a power loss, finds the old content or the new, never a
 * part.
 *
 * Texts and bytes are written as the sequence yields them. The folder is made if it is missing.
 *
 * @throws {InputError} If the disk is full or the file may not be written, with the path and the reason.
 */
export async function writeFileWhole(path: string, content: FileContent | ByteStream): Promise<void> {
  const temporary = partPath(path);
  try {
    await checkTarget(path);
    {
      using file = await createFile(temporary);
      await write(file, content);
      await file.sync();
    }
    await Deno.rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    // A remaining part would only fill a disk that may be full already.
    await Deno.remove(temporary).catch(() => {});
    throw fileProblem(error, { action: "write", path });
  }
}

/**
 * Checks that no device or pipe is at a path: the rename would replace it, and other programs need it.
 *
 * @throws {InputError} If there is one.
 */
export async function checkTarget(path: string): Promise<void> {
  const target = await Deno.stat(path).catch(() => null);
  if (target === null || target.isFile || target.isDirectory) return;
  throw new InputError(`Cannot write ${shownPath(path)}: it must be a file, found a device or a pipe`);
}

async function createFile(path: string): Promise<Deno.FsFile> {
  const open = () => Deno.open(path, { write: true, create: true, truncate: true });
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await Deno.mkdir(dirname(path), { recursive: true });
    return await open();
  }
}

async function write(file: Deno.FsFile, content: FileContent | ByteStream): Promise<void> {
  if (content instanceof Uint8Array) return await writeAll(file, content);
  if (typeof content !== "string" && Symbol.asyncIterator in content) {
    for await (const bytes of content) await writeAll(file, bytes);
    return;
  }
  let text = "";
  // Short texts are joined first: hundreds of thousands of single writes would be slow.
  for (const part of typeof content === "string" ? [content] : content) {
    text += part;
    if (text.length < buffer.length) continue;
    writeText(file, text);
    text = "";
  }
  writeText(file, text);
}

const encoder = new TextEncoder();
// One buffer for all writes: a buffer for each of thousands of parts would be garbage.
const buffer = new Uint8Array(1 << 16);

function writeText(file: Deno.FsFile, text: string): void {
  for (let start = 0; start < text.length;) {
    const { read, written } = encoder.encodeInto(text.slice(start, start + buffer.length), buffer);
    // The next round, or a concurrent write, fills the buffer again, so that this write must be synchronous.
    writeAllSync(file, buffer.subarray(0, written));
    start += read;
  }
}
