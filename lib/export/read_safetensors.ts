import type { DType } from "../core/dtype.ts";
import { InputError } from "../core/errors.ts";
import { checkFields, listOf, oneOf, show, wholeNumber } from "../core/fields.ts";
import {
  DTYPE_NAMES,
  METADATA,
  type SafetensorsFile,
  type StoredTensor,
  type TensorEntry,
} from "./safetensors_file.ts";

/** Longer headers are refused by every reader. */
const LONGEST_HEADER = 100_000_000;

/**
 * Reads a safetensors file, as strictly as the reference implementation; of the precisions it knows F32 and F64.
 *
 * @throws {InputError} If the file is torn or damaged, or its tensors leave a gap or overlap.
 */
export function readSafetensors(file: Uint8Array, { path }: { readonly path: string }): SafetensorsFile {
  const { header, data } = readHeader(file, path);
  const { [METADATA]: metadata = {}, ...others } = header;
  checkMetadata(metadata, path);
  const entries = Object.entries(others).map(([name, entry]) =>
    [name, checkEntry(entry, { name, path })] as const
  );
  entries.sort(([, left], [, right]) => left.data_offsets[0] - right.data_offsets[0]);
  let end = 0;
  const tensors = entries.map(([name, entry]): StoredTensor => {
    const [from, to] = entry.data_offsets;
    const bytes = entry.shape.reduce((product, dim) => product * dim, WIDTHS[entry.dtype]);
    if (from !== end || to !== from + bytes) {
      throw new InputError(
        `Cannot read ${path}: the ${bytes} bytes of ${name} must lie from ${end} on, found ${from} to ${to}`,
      );
    }
    end = to;
    return { name, dtype: DTYPES[entry.dtype], shape: entry.shape, bytes: data.slice(from, to) };
  });
  if (end !== data.length) {
    throw new InputError(`Cannot read ${path}: it must hold ${end} bytes of tensors, found ${data.length}`);
  }
  return { metadata, tensors };
}

const DTYPES: Readonly<Record<string, DType>> = Object.fromEntries(
  Object.entries(DTYPE_NAMES).map(([dtype, name]) => [name, dtype as DType]),
);
const WIDTHS: Readonly<Record<string, number>> = { F32: 4, F64: 8 };

interface Parts {
  readonly header: Readonly<Record<string, unknown>>;
  readonly data: Uint8Array;
}

function readHeader(file: Uint8Array, path: string): Parts {
  const fail = (found: string) =>
    new InputError(`Cannot read ${path}: it must be a safetensors file, found ${found}`);
  if (file.length < 8) throw fail(`${file.length} bytes`);
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (length > BigInt(Math.min(LONGEST_HEADER, file.length - 8))) {
    throw fail(`a header of ${length} bytes in a file of ${file.length}`);
  }
  const end = 8 + Number(length);
  try {
    const header: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(file.subarray(8, end)),
    );
    checkFields(header, { action: `read ${path}`, path: "its header", others: true });
    return { header: header as Parts["header"], data: file.subarray(end) };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw fail(`a header that is no JSON, ${error instanceof Error ? error.message : String(error)}`);
  }
}

function checkMetadata(
  metadata: unknown,
  path: string,
): asserts metadata is Readonly<Record<string, string>> {
  checkFields(metadata, { action: `read ${path}`, path: METADATA, others: true });
  const wrong = Object.entries(metadata as object).find(([, value]) => typeof value !== "string");
  if (wrong === undefined) return;
  const [name, value] = wrong;
  throw new InputError(`Cannot read ${path}: ${METADATA}.${name} must be a text, found ${show(value)}`);
}

function checkEntry(
  entry: unknown,
  { name, path }: { readonly name: string; readonly path: string },
): TensorEntry {
  checkFields(entry, {
    action: `read ${path}`,
    path: name,
    required: {
      dtype: oneOf(...Object.keys(DTYPES)),
      shape: listOf(wholeNumber({ min: 0 })),
      data_offsets: listOf(wholeNumber({ min: 0 })),
    },
  });
  return entry as TensorEntry;
}
