import { InputError } from "../../core/check/errors.ts";

/** What a PNG says of itself. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a channel. */
  readonly bitDepth: number;
  /** Of a pixel: grey or a number of the palette, with opacity, or colours. */
  readonly channels: number;
  readonly isInterlaced: boolean;
  /** The packed pixels, in pieces. */
  readonly data: readonly Uint8Array[];
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length and name stand before what a chunk holds, and a checksum behind it. */
const CHUNK_FRAME = 12;
const HEADER_LENGTH = 13;
/** Channels by what a header calls the kind of colour. */
const CHANNELS: ReadonlyMap<number, number> = new Map([[0, 1], [2, 3], [3, 1], [4, 2], [6, 4]]);

/**
 * Reads the header of a PNG and walks over its chunks, without unpacking any.
 *
 * @throws {InputError} If it is none, a chunk reaches beyond the file, or it has no header or more than one.
 */
export function readPngHeader(bytes: Uint8Array, { file }: { readonly file: string }): PngHeader {
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) {
    throw new InputError(`Cannot read ${file}: it must be a PNG picture, found another file`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const damaged = new InputError(`Cannot read ${file}: it must be a whole PNG picture, found a damaged one`);
  let name = "";
  // The last header would count for a decoder: a second one is no way around the check of the first.
  let headers = 0;
  const data: Uint8Array[] = [];
  for (let at = SIGNATURE.length; name !== "IEND";) {
    if (at + CHUNK_FRAME > bytes.length) throw damaged;
    const length = view.getUint32(at);
    name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (name === "IHDR") headers++;
    const isFirst = at === SIGNATURE.length;
    if (isFirst !== (name === "IHDR") || headers > 1 || (isFirst && length !== HEADER_LENGTH)) throw damaged;
    at += CHUNK_FRAME + length;
    if (at > bytes.length) throw damaged;
    if (name === "IDAT") data.push(bytes.subarray(at - length - 4, at - 4));
  }
  const at = SIGNATURE.length + 8;
  const channels = CHANNELS.get(bytes[at + 9]);
  if (channels === undefined) throw damaged;
  return {
    width: view.getUint32(at),
    height: view.getUint32(at + 4),
    bitDepth: bytes[at + 8],
    channels,
    isInterlaced: bytes[at + 12] !== 0,
    data,
  };
}
