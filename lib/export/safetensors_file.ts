import type { DType } from "../core/numbers/dtype.ts";

/** The content of a safetensors file: texts by name, and tensors in the order of their data. */
export interface SafetensorsFile {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: readonly StoredTensor[];
}

/** A tensor in a file. */
export interface StoredTensor {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Its numbers, little-endian, row after row. */
  readonly bytes: Uint8Array;
}

/** A header's entry of a tensor. */
export interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Start and end of its bytes, from the end of the header. */
  readonly data_offsets: readonly [number, number];
}

/** The name of a header's texts, which no tensor may have. */
export const METADATA = "__metadata__";

/** The format's names of precisions. */
export const DTYPE_NAMES: Readonly<Record<DType, string>> = { float32: "F32", float64: "F64" };
