import { InputError } from "../../core/check/errors.ts";

/** A compressed file, for messages, and how long its content may be. */
export interface GunzipOptions {
  readonly file: string;
  readonly maxBytes: number;
}

/**
 * Returns the content of a gzip file.
 *
 * @throws {InputError} If it is none, is damaged, or holds more than it may.
 */
export async function gunzip(
  bytes: Uint8Array,
  { file, maxBytes }: GunzipOptions,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream()
    .pipeThrough(new DecompressionStream("gzip"));
  try {
    for await (const part of stream) {
      length += part.length;
      if (length > maxBytes) break;
      parts.push(part);
    }
  } catch {
    throw new InputError(`Cannot read data: ${file} must be a whole gzip file, found another one or a part`);
  }
  if (length > maxBytes) {
    throw new InputError(`Cannot read data: ${file} must hold at most ${maxBytes} bytes, found more`);
  }
  const content = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    content.set(part, at);
    at += part.length;
  }
  return content;
}

/** Returns whether a file's name says that it is compressed. */
export function isGzipName(file: string): boolean {
  return /\.gz$/i.test(file);
}
