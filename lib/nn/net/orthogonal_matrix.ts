import type { RandomStream } from "../../core/numbers/random.ts";

/**
 * Draws a matrix `[rows, cols]` whose columns are orthonormal, or whose rows are if there are fewer of them; row by row,
 * in float64.
 *
 * It is the factor Q of the QR decomposition of a matrix of normal numbers, drawn row by row, or of its transpose if it
 * is wide; the diagonal of R is positive, which makes Q unique and uniform among such matrices (Stewart 1980). Modified
 * Gram-Schmidt computes it. The vectors are handled from the first to the last: from each, the projection on every
 * vector before it is subtracted, `v = v - (u * v) u`, and then it is divided by the root of its sum of squares. Every sum
 * runs from +0 and the first element to the last.
 */
export function orthogonalMatrix(
  { rows, cols }: { readonly rows: number; readonly cols: number },
  stream: RandomStream,
): Float64Array {
  const normals = Float64Array.from({ length: rows * cols }, () => stream.normal());
  const isWide = rows < cols;
  const [count, length] = isWide ? [rows, cols] : [cols, rows];
  // The vectors lie one after the other: of a tall matrix, its columns.
  const q = isWide ? normals : transposed(normals, { rows, cols });
  for (let j = 0; j < count; j++) {
    const vector = q.subarray(j * length, (j + 1) * length);
    for (let i = 0; i < j; i++) subtractProjection(vector, q.subarray(i * length, (i + 1) * length));
    const norm = Math.sqrt(dot(vector, vector));
    for (let k = 0; k < length; k++) vector[k] /= norm;
  }
  return isWide ? q : transposed(q, { rows: cols, cols: rows });
}

function subtractProjection(vector: Float64Array, unit: Float64Array): void {
  const size = dot(unit, vector);
  for (let k = 0; k < vector.length; k++) vector[k] -= size * unit[k];
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < left.length; k++) sum += left[k] * right[k];
  return sum;
}

function transposed(
  data: Float64Array,
  { rows, cols }: { readonly rows: number; readonly cols: number },
): Float64Array {
  const out = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) out[j * rows + i] = data[i * cols + j];
  }
  return out;
}
