import { dirname } from "node:path";
import { InputError } from "../core/check/errors.ts";
import { fileProblem, shownPath } from "./file_problem.ts";

/** What a file holds: a text, bytes, or texts that follow each other. */
export type FileContent = string | Uint8Array | Iterable<string>;

/** Returns where a file is written before it takes its place. */
export function partPath(path: string): string {
  return `${path}.part`;
}

/**
 * Writes a file so that a reader, or a machine that loses power, finds the old content or the new, never a part.
 *
 * Texts are written one after the other, as they are made. The folder is made if it is missing.
 *
 * @throws {InputError} If the disk is full or the file may not be written, with the path and the reason.
 */
export async function writeFileWhole(path: string, content: FileContent): Promise<void> {
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
    // What is left of it would only take the room that is missing.
    await Deno.remove(temporary).catch(() => {});
    throw fileProblem(error, { action: "write", path });
  }
}

/**
 * Checks that no device or pipe is at a path: the rename would put a file in its place, and others need it.
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

async function write(file: Deno.FsFile, content: FileContent): Promise<void> {
  if (content instanceof Uint8Array) return await writeBytes(file, content);
  let text = "";
  // Hundreds of thousands of short texts are not written one by one.
  for (const part of typeof content === "string" ? [content] : content) {
    text += part;
    if (text.length < buffer.length) continue;
    writeText(file, text);
    text = "";
  }
  writeText(file, text);
}

const encoder = new TextEncoder();
// One buffer for all that is written: thousands of parts would leave as many behind.
const buffer = new Uint8Array(1 << 16);

function writeText(file: Deno.FsFile, text: string): void {
  for (let start = 0; start < text.length;) {
    const { read, written } = encoder.encodeInto(text.slice(start, start + buffer.length), buffer);
    // The buffer is filled anew by the next round, here or in a write beside this one, so that none may come between.
    for (let done = 0; done < written;) done += file.writeSync(buffer.subarray(done, written));
    start += read;
  }
}

async function writeBytes(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) written += await file.write(bytes.subarray(written));
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder as a file, and needs no such call.
  if (Deno.build.os === "windows") return;
  try {
    using file = await Deno.open(folder);
    await file.sync();
  } catch (error) {
    // A command that writes one file elsewhere may not open the folder; its name is on the disk a little later then.
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
  }
}
