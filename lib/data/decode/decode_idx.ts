import { InputError } from "../../core/check/errors.ts";

/** The required shape of an IDX file. */
export interface IdxShape {
  /** The file's name in messages. */
  readonly file: string;
  /** Sizes of the axes, rows first. */
  readonly dims: readonly number[];
}

/**
 * Returns the bytes of an IDX file of unsigned bytes, the format of MNIST. Its content is `00 00 08 axes`, the size
 * of each axis as a big-endian uint32, then the values with the last axis fastest.
 *
 * @throws {InputError} If the file is of another format, shape or length.
 */
export function decodeIdx(bytes: Uint8Array, { file, dims }: IdxShape): Uint8Array {
  const start = 4 + 4 * dims.length;
  const size = dims.reduce((product, dim) => product * dim, 1);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = [0x0800 + dims.length, ...dims];
  const fits = bytes.length === start + size &&
    header.every((word, index) => view.getUint32(4 * index) === word);
  if (!fits) {
    const found = `found ${bytes.length} bytes that begin with ${hex(bytes.subarray(0, start))}`;
    throw new InputError(
      `Cannot read ${file}: it must be an IDX file of ${dims.join(" x ")} bytes, ${found}`,
    );
  }
  return bytes.subarray(start);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ") || "none";
}
