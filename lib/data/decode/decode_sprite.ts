/** The required shape of a sprite. */
export interface SpriteShape {
  /** The file's name in messages. */
  readonly file: string;
  /** Number of images, one per row of pixels. */
  readonly rows: number;
  /** Pixels per image. */
  readonly pixels: number;
}

/**
 * Decodes a PNG in which each row of pixels is an image, and returns the images as planes of red, green and blue,
 * `[rows, 3 * pixels]`.
 *
 * @throws {InputError} If the picture has another size.
 */
export async function decodeSprite(
  bytes: Uint8Array,
  { file, rows, pixels }: SpriteShape,
): Promise<Uint8Array> {
  // Loaded on demand: a machine decodes CIFAR-10 once, and threads that only declare it need no decoder.
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
