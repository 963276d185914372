import { InputError } from "../check/errors.ts";
import type { DType } from "./dtype.ts";

/** A dense matrix, row after row: element (i, j) is `data[i * cols + j]`. */
export interface Matrix {
  /** Number of rows. */
  readonly rows: number;
  /** Number of columns. */
  readonly cols: number;
  /** The elements, `[rows * cols]`. */
  readonly data: Float32Array | Float64Array;
}

/**
 * Makes a matrix from its rows.
 *
 * @throws {InputError} If a row is longer or shorter than the first.
 *
 * @example
 * ```ts
 * import { matrix } from "@seedbed/seedbed";
 * import { assertEquals } from "@std/assert";
 *
 * const x = matrix([[1, 2, 3], [4, 5, 6]], { dtype: "float64" });
 * assertEquals([x.rows, x.cols, x.data[5]], [2, 3, 6]);
 * ```
 */
export function matrix(
  rows: readonly (readonly number[])[],
  { dtype = "float32" }: { readonly dtype?: DType } = {},
): Matrix {
  const cols = rows.length === 0 ? 0 : rows[0].length;
  const data = dtype === "float32"
    ? new Float32Array(rows.length * cols)
    : new Float64Array(rows.length * cols);
  rows.forEach((row, i) => {
    if (row.length !== cols) {
      throw new InputError(`Cannot make a matrix: row ${i} must have ${cols} columns, found ${row.length}`);
    }
    data.set(row, i * cols);
  });
  return { rows: rows.length, cols, data };
}
