import { InputError } from "../core/check/errors.ts";
import { checkFields, listOf, oneOf, type Rule, show, wholeNumber } from "../core/check/fields.ts";
import { messageOf } from "../core/check/message_of.ts";
import type { DType } from "../core/numbers/dtype.ts";
import { checkHeaderText } from "./check_header_text.ts";
import {
  DTYPE_NAMES,
  METADATA,
  type SafetensorsFile,
  type StoredTensor,
  type TensorEntry,
} from "./safetensors_file.ts";

/** A tensor, as described by the header. */
export interface TensorPlace extends Pick<StoredTensor, "name" | "dtype" | "shape"> {
  /** Start and end of its bytes, from the end of the header. */
  readonly from: number;
  readonly to: number;
}

/** The content of the header of a safetensors file. */
export interface SafetensorsHeader extends Pick<SafetensorsFile, "metadata"> {
  /** In the order of their data, without gaps. */
  readonly tensors: readonly TensorPlace[];
}

/** The file of a header. */
export interface HeaderPlace {
  readonly path: string;
  /** Bytes of the whole file. */
  readonly fileLength: number;
}

/** Bytes of the header's length field. */
export const LENGTH_BYTES = 8;

/**
 * Reads a safetensors file as strictly as the reference implementation; it supports the precisions F32 and F64.
 *
 * @throws {InputError} If the file is incomplete or damaged, or its tensors have gaps or overlap.
 */
export function readSafetensors(file: Uint8Array, { path }: { readonly path: string }): SafetensorsFile {
  const { metadata, tensors } = readHeader(file, { path, fileLength: file.length });
  const data = file.subarray(headerEnd(file, { path, fileLength: file.length }));
  return {
    metadata,
    tensors: tensors.map(({ name, dtype, shape, from, to }) => ({
      name,
      dtype,
      shape,
      bytes: data.slice(from, to),
    })),
  };
}

/**
 * Returns the end of a file's header.
 *
 * @param start The first {@link LENGTH_BYTES} bytes of the file, or more.
 * @throws {InputError} If the file is too short for a header of that length.
 */
export function headerEnd(start: Uint8Array, { path, fileLength }: HeaderPlace): number {
  if (fileLength < LENGTH_BYTES) throw noSafetensors(path, `${fileLength} bytes`);
  const length = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true);
  if (length > BigInt(Math.min(LONGEST_HEADER, fileLength - LENGTH_BYTES))) {
    throw noSafetensors(path, `a header of ${length} bytes in a file of ${fileLength}`);
  }
  return LENGTH_BYTES + Number(length);
}

/**
 * Reads the header of a file and compares it with the file's length; it reads no tensor.
 *
 * @param start The file up to the end of its header, or more.
 * @throws {InputError} If the header is damaged, or its tensors do not match the bytes after it.
 */
export function readHeader(start: Uint8Array, place: HeaderPlace): SafetensorsHeader {
  const { path, fileLength } = place;
  const end = headerEnd(start, place);
  const { [METADATA]: metadata = {}, ...others } = parseHeader(start.subarray(LENGTH_BYTES, end), path);
  checkMetadata(metadata, path);
  const tensors = Object.entries(others).map(([name, entry]) => tensorPlace(name, { entry, path }));
  tensors.sort((left, right) => left.from - right.from || left.to - right.to);
  let next = 0;
  for (const { name, dtype, shape, from, to } of tensors) {
    const bytes = byteCount({ name, dtype, shape }, path);
    if (from !== next || to !== from + bytes) {
      throw new InputError(
        `Cannot read ${path}: the ${bytes} bytes of ${
          show(name)
        } must begin at ${next}, found ${from} to ${to}`,
      );
    }
    next = to;
  }
  if (next === fileLength - end) return { metadata, tensors };
  throw new InputError(
    `Cannot read ${path}: it must hold ${next} bytes of tensors, found ${fileLength - end}`,
  );
}

/** Every reader refuses longer headers. */
const LONGEST_HEADER = 100_000_000;

const aSize = wholeNumber({ min: 0 });

const DTYPES: Readonly<Record<string, DType>> = Object.fromEntries(
  Object.entries(DTYPE_NAMES).map(([dtype, name]) => [name, dtype as DType]),
);
const WIDTHS: Readonly<Record<DType, number>> = { float32: 4, float64: 8 };

function noSafetensors(path: string, found: string): InputError {
  return new InputError(`Cannot read ${path}: it must be a safetensors file, found ${found}`);
}

function parseHeader(bytes: Uint8Array, path: string): Readonly<Record<string, unknown>> {
  if (bytes[0] !== "{".charCodeAt(0)) throw noSafetensors(path, "a header that does not begin with {");
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    checkHeaderText(text, { path });
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const reason = messageOf(error);
    throw noSafetensors(path, `a header that is no JSON, ${reason}`);
  }
}

/** Every product is checked, since a later factor of 0 would hide an overflow. */
function byteCount(
  { name, dtype, shape }: Pick<TensorPlace, "name" | "dtype" | "shape">,
  path: string,
): number {
  let bytes = WIDTHS[dtype];
  for (const dim of shape) {
    bytes *= dim;
    if (Number.isSafeInteger(bytes)) continue;
    throw new InputError(
      `Cannot read ${path}: ${show(name)} must have fewer than 2^53 bytes, found the shape ${show(shape)}`,
    );
  }
  return bytes;
}

function checkMetadata(
  metadata: unknown,
  path: string,
): asserts metadata is Readonly<Record<string, string>> {
  checkFields(metadata, { action: `read ${path}`, path: METADATA, others: true });
  const wrong = Object.entries(metadata as object).find(([, value]) => typeof value !== "string");
  if (wrong === undefined) return;
  const [name, value] = wrong;
  throw new InputError(`Cannot read ${path}: ${METADATA}.${show(name)} must be a text, found ${show(value)}`);
}

interface EntryPlace {
  readonly entry: unknown;
  readonly path: string;
}

const someOffsets: Rule = {
  expected: "two whole numbers from 0 on",
  accepts: (value) => Array.isArray(value) && value.length === 2 && value.every(aSize.accepts),
};

const ENTRY_RULES = { dtype: oneOf(...Object.keys(DTYPES)), shape: listOf(aSize), data_offsets: someOffsets };

function tensorPlace(name: string, { entry, path }: EntryPlace): TensorPlace {
  checkFields(entry, {
    action: `read ${path}`,
    path: show(name),
    required: ENTRY_RULES,
  });
  const { dtype, shape, data_offsets: [from, to] } = entry as TensorEntry;
  return { name, dtype: DTYPES[dtype], shape, from, to };
}
