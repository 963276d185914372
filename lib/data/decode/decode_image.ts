import { InputError } from "../../core/check/errors.ts";
import type { ImageShape } from "../base/dataset.ts";
import { decodePng } from "./decode_png.ts";

/**
 * Returns the largest accepted size of a picture file in bytes: uncompressed pixels, plus metadata such as a
 * camera's.
 */
export function largestPicture({ width, height }: ImageShape): number {
  return 4 * width * height + 4_194_304;
}

/** The required form of a picture. */
export interface ImageFile {
  /** The file's name in messages. */
  readonly file: string;
  /** One channel for grey, three for red, green and blue. */
  readonly image: ImageShape;
}

/**
 * Decodes a PNG into a row of a data set: byte planes of one channel, or of red, green and blue.
 *
 * @throws {InputError} If it is no PNG, has another size, is not opaque, or has colours although one channel is
 * required.
 */
export async function decodeImage(bytes: Uint8Array, { file, image }: ImageFile): Promise<Uint8Array> {
  const { width, height, channels } = image;
  const data = await decodePng(bytes, { file, width, height });
  const pixels = width * height;
  const row = new Uint8Array(channels * pixels);
  for (let i = 0; i < pixels; i++) {
    const [red, green, blue, opacity] = data.subarray(4 * i, 4 * i + 4);
    const isGrey = red === green && red === blue;
    if (opacity < 255 || (channels === 1 && !isGrey)) {
      const place = `at ${i % width}, ${Math.floor(i / width)}`;
      throw new InputError(
        `Cannot read ${file}: it must be ${
          channels === 1 ? "grey" : "in colour"
        } and opaque, found red ${red}, ` +
          `green ${green}, blue ${blue}, opacity ${opacity} ${place}`,
      );
    }
    for (let channel = 0; channel < channels; channel++) row[channel * pixels + i] = data[4 * i + channel];
  }
  return row;
}
