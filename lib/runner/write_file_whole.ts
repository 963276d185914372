import { dirname } from "node:path";
import { InputError } from "../core/errors.ts";
import { fileProblem, shownPath } from "../core/file_problem.ts";

/** Returns where a file is written before it takes its place. */
export function partPath(path: string): string {
  return `${path}.part`;
}

/**
 * Writes a file so that a reader, or a machine that loses power, finds the old content or the new, never a part.
 *
 * A list of texts is written one after the other. The folder is made if it is missing.
 *
 * @throws {InputError} If the disk is full or the file may not be written, with the path and the reason.
 */
export async function writeFileWhole(
  path: string,
  content: string | Uint8Array | readonly string[],
): Promise<void> {
  const parts = content instanceof Uint8Array || typeof content === "string" ? [content] : content;
  const temporary = partPath(path);
  try {
    await checkTarget(path);
    await writeSynced(temporary, parts).catch(async (error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      await Deno.mkdir(dirname(path), { recursive: true });
      await writeSynced(temporary, parts);
    });
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

async function writeSynced(path: string, parts: readonly (string | Uint8Array)[]): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  for (const part of parts) {
    if (typeof part === "string") writeText(file, part);
    else await writeBytes(file, part);
  }
  await file.sync();
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
