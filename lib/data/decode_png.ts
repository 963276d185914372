import { Buffer } from "node:buffer";
import { InputError } from "../core/errors.ts";

/** A decoded picture. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each pixel, row after row, `[height * width * 4]`. */
  readonly data: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Decodes a PNG.
 *
 * @throws {InputError} If it is none, or damaged.
 */
export async function decodePng(bytes: Uint8Array, { file }: { readonly file: string }): Promise<Picture> {
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) {
    throw new InputError(`Cannot read ${file}: it must be a PNG picture, found another file`);
  }
  // Few starts have a picture to decode: no other waits for the library.
  // @ts-types="npm:@types/pngjs@6.0.5"
  const { PNG } = await import("pngjs");
  try {
    return PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    throw new InputError(`Cannot read ${file}: it must be a whole PNG picture, found a damaged one`, {
      cause: error,
    });
  }
}
