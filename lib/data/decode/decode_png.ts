import { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";
import { InputError } from "../../core/check/errors.ts";
import { type PngHeader, readPngHeader } from "./read_png_header.ts";

/** The required size of a picture. */
export interface PictureShape {
  /** The file's name in messages. */
  readonly file: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes a PNG and returns red, green, blue and opacity of each pixel, row after row, `[height * width * 4]`.
 *
 * Nothing is unpacked unless the header has the expected size.
 *
 * @throws {InputError} If it is no PNG, is damaged, or has another size or more than 8 bits per channel.
 */
export async function decodePng(
  bytes: Uint8Array,
  { file, width, height }: PictureShape,
): Promise<Uint8Array> {
  const header = readPngHeader(bytes, { file });
  const fail = (what: string) => new InputError(`Cannot read ${file}: it must ${what}`);
  if (header.width !== width || header.height !== height) {
    throw fail(`be a picture of ${width} x ${height} pixels, found ${header.width} x ${header.height}`);
  }
  if (header.bitDepth > 8) throw fail(`have at most 8 bits a channel, found ${header.bitDepth}`);
  // Loaded on demand: most commands decode no picture.
  // @ts-types="npm:@types/pngjs@6.0.5"
  const { PNG } = await import("pngjs");
  try {
    checkPixels(header);
    return PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).data;
  } catch (error) {
    throw new InputError(`Cannot read ${file}: it must be a whole PNG picture, found a damaged one`, {
      cause: error,
    });
  }
}

/**
 * Throws unless the number of packed pixels is the one of the header. The library reads missing or damaged pixels as
 * black, and unpacks an interlaced picture of any length.
 */
function checkPixels(header: PngHeader): void {
  const wanted = unpackedLength(header);
  const { length } = inflateSync(Buffer.concat(header.data), { maxOutputLength: wanted });
  if (length !== wanted) throw new Error(`${length} bytes of pixels instead of ${wanted}`);
}

/** Column and row of the first pixel of each pass of an interlaced picture, and the steps from there. */
const PASSES = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [
  0,
  1,
  1,
  2,
]];
const ONE_PASS = [[0, 0, 1, 1]];

function unpackedLength({ width, height, bitDepth, channels, isInterlaced }: PngHeader): number {
  let length = 0;
  for (const [left, top, stepRight, stepDown] of isInterlaced ? PASSES : ONE_PASS) {
    const columns = Math.max(0, Math.ceil((width - left) / stepRight));
    const rows = Math.max(0, Math.ceil((height - top) / stepDown));
    // A row begins with a byte for its filter.
    if (columns > 0) length += rows * (1 + Math.ceil(columns * channels * bitDepth / 8));
  }
  return length;
}
