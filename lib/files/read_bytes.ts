import { InputError } from "../core/check/errors.ts";
import { fileProblem, shownPath } from "./file_problem.ts";

/** V8 has no longer text: 2^29 - 24 letters. */
export const LONGEST_TEXT = 536_870_888;

/** How a file is read. */
export interface ReadBytesOptions {
  /** Completes "Cannot ...:". Default: "read" and the path. */
  readonly action?: string;
  /** More than these are refused before any is read. */
  readonly maxBytes: number;
}

/**
 * Returns the bytes of a file of the user's.
 *
 * @throws {InputError} If there is none, it is no file, it is longer than it may be, or the system refuses it.
 */
export async function readBytes(path: string, options: ReadBytesOptions): Promise<Uint8Array> {
  const bytes = await readBytesIfThere(path, options);
  if (bytes !== null) return bytes;
  throw new InputError(
    `Cannot ${options.action ?? `read ${shownPath(path)}`}: file not found`,
  );
}

/** As {@link readBytes}, but null if there is no such file. */
export async function readBytesIfThere(
  path: string,
  { action = `read ${shownPath(path)}`, maxBytes }: ReadBytesOptions,
): Promise<Uint8Array | null> {
  try {
    const length = fileLength(path, { action });
    if (length <= maxBytes) return await Deno.readFile(path);
    throw new InputError(`Cannot ${action}: it must have at most ${maxBytes} bytes, found ${length}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw fileProblem(error, { action: "read", path });
  }
}

/**
 * Returns the length of a file, in bytes. What is no file is not opened: a pipe would wait, and a device may never end.
 *
 * @throws {InputError} If it is no file.
 */
export function fileLength(path: string, { action }: { readonly action: string }): number {
  const { isFile, isDirectory, size } = Deno.statSync(path);
  if (isFile) return size;
  const found = isDirectory ? "a folder" : "a device or a pipe";
  throw new InputError(`Cannot ${action}: it must be a file, found ${found}`);
}
