import { InputError } from "../../core/check/errors.ts";

/** The header of a PNG, and its packed pixels. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits per channel. */
  readonly bitDepth: number;
  /** Channels per pixel: grey or palette index, or colours, with or without opacity. */
  readonly channels: number;
  readonly isInterlaced: boolean;
  /** The packed pixels, in pieces. */
  readonly data: readonly Uint8Array[];
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Bytes of a chunk besides its data: length and name before it, a checksum after it. */
const CHUNK_FRAME = 12;
const HEADER_LENGTH = 13;
/** Channels by the header's colour type. */
const CHANNELS: ReadonlyMap<number, number> = new Map([[0, 1], [2, 3], [3, 1], [4, 2], [6, 4]]);

/**
 * Reads the header of a PNG and visits its chunks, without unpacking any.
 *
 * @throws {InputError} If it is no PNG, a chunk extends beyond the file, or it has no header or several.
 */
export function readPngHeader(bytes: Uint8Array, { file }: { readonly file: string }): PngHeader {
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) {
    throw new InputError(`Cannot read ${file}: it must be a PNG picture, found another file`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const damaged = new InputError(`Cannot read ${file}: it must be a whole PNG picture, found a damaged one`);
  let name = "";
  // A decoder uses the last header, so that a second one would bypass the check of the first.
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
