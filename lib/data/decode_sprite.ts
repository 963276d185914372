import { Buffer } from "node:buffer";
import { InputError } from "../core/errors.ts";

/** What a sprite must hold. */
export interface SpriteShape {
  /** The file's name in messages. */
  readonly file: string;
  /** Images: a row of pixels each. */
  readonly rows: number;
  /** Pixels of an image. */
  readonly pixels: number;
}

/**
 * Decodes a PNG whose every row of pixels is an image, and returns the images as planes of red, green and blue,
 * `[rows, 3 * pixels]`.
 *
 * @throws {InputError} If the picture has another size.
 */
export async function decodeSprite(
  bytes: Uint8Array,
  { file, rows, pixels }: SpriteShape,
): Promise<Uint8Array> {
  // Only the first use of CIFAR-10 on a machine decodes a picture: no other start waits for the library.
  // @ts-types="npm:@types/pngjs@6.0.5"
  const { PNG } = await import("pngjs");
  const png = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (png.width !== pixels || png.height !== rows) {
    const found = `found ${png.width} x ${png.height}`;
    throw new InputError(`Cannot read ${file}: it must be a picture of ${pixels} x ${rows} pixels, ${found}`);
  }
  const planes = new Uint8Array(rows * 3 * pixels);
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < 3; channel++) {
      const to = (row * 3 + channel) * pixels;
      const from = row * pixels * 4 + channel;
      for (let i = 0; i < pixels; i++) planes[to + i] = png.data[from + 4 * i];
    }
  }
  return planes;
}
