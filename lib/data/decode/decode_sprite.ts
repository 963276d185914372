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
  // Decoded once on a machine: no thread that only names CIFAR-10 waits for what unpacks a picture.
  const { decodePng } = await import("./decode_png.ts");
  const data = await decodePng(bytes, { file, width: pixels, height: rows });
  const planes = new Uint8Array(rows * 3 * pixels);
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < 3; channel++) {
      const to = (row * 3 + channel) * pixels;
      const from = row * pixels * 4 + channel;
      for (let i = 0; i < pixels; i++) planes[to + i] = data[from + 4 * i];
    }
  }
  return planes;
}
