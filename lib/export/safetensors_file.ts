import type { DType } from "../core/numbers/dtype.ts";

/** What a safetensors file holds: texts by name, and tensors in the order of their data. */
export interface SafetensorsFile {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: readonly StoredTensor[];
}

/** A tensor as it lies in a file. */
export interface StoredTensor {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Its numbers, little-endian, row after row. */
  readonly bytes: Uint8Array;
}

/** What a header says of a tensor. */
export interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Where its bytes begin and end, from the end of the header on. */
  readonly data_offsets: readonly [number, number];
}

/** The name under which a header keeps texts, which no tensor may have. */
export const METADATA = "__metadata__";

/** What the format calls a precision. */
export const DTYPE_NAMES: Readonly<Record<DType, string>> = { float32: "F32", float64: "F64" };
