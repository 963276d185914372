import type { Matrix } from "../../core/numbers/matrix.ts";

/** A matrix in the memory of its kernels; it lives as long as they do. */
export type Tensor = Matrix;

/** A list of whole numbers in the memory of its kernels: labels, or rows of a data set. */
export interface Indices {
  readonly length: number;
  /** The numbers, `[length]`. */
  readonly data: Int32Array;
}

/** The rows of a data set as it is stored, outside the kernels' memory, `[n, cols]`. */
export type StoredRows = Uint8Array | Float32Array | Float64Array;
