import { InputError } from "../core/check/errors.ts";
import { fileProblem, shownPath } from "./file_problem.ts";

/** The length of V8's longest string: 2^29 - 24 characters. */
export const LONGEST_TEXT = 536_870_888;

/** Options of {@link readBytes}. */
export interface ReadBytesOptions {
  /** Completes "Cannot ...:". Default: "read" and the path. */
  readonly action?: string;
  /** A longer file is refused before any byte is read. */
  readonly maxBytes: number;
}

/**
 * Returns the bytes of a user's file.
 *
 * @throws {InputError} If it does not exist, is not a regular file, is too long, or the system refuses it.
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
 * Returns the length of a file, in bytes. It opens regular files only: a pipe would block, and a device may never
 * end.
 *
 * @throws {InputError} If it is not a regular file.
 */
export function fileLength(path: string, { action }: { readonly action: string }): number {
  const { isFile, isDirectory, size } = Deno.statSync(path);
  if (isFile) return size;
  const found = isDirectory ? "a folder" : "a device or a pipe";
  throw new InputError(`Cannot ${action}: it must be a file, found ${found}`);
}
