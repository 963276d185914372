import { LONGEST_TEXT, readBytesIfThere } from "./read_bytes.ts";

/**
 * Returns the text of a file, or null if there is no such file.
 *
 * @throws {InputError} If it is not a regular file, is longer than any string, or the system refuses it.
 */
export async function readIfThere(path: string): Promise<string | null> {
  const bytes = await readBytesIfThere(path, { maxBytes: LONGEST_TEXT });
  return bytes === null ? null : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
