import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { orthogonalMatrix } from "../../../lib/nn/net/orthogonal_matrix.ts";

for (const [rows, cols] of [[1, 1], [1, 5], [5, 1], [4, 4], [7, 3], [3, 7], [60, 60], [80, 50]]) {
  Deno.test(`orthogonalMatrix() has orthonormal ${rows < cols ? "rows" : "columns"}: ${rows} x ${cols}`, () => {
    const q = orthogonalMatrix({ rows, cols }, openStream("orthogonal"));
    assertEquals(q.length, rows * cols);
    const [count, length] = rows < cols ? [rows, cols] : [cols, rows];
    const at = (vector: number, k: number) => rows < cols ? q[vector * cols + k] : q[k * cols + vector];
    for (let i = 0; i < count; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = 0; k < length; k++) sum += at(i, k) * at(j, k);
        assertAlmostEquals(sum, i === j ? 1 : 0, 1e-11);
      }
    }
  });
}

Deno.test("orthogonalMatrix() is the Q whose R has a positive diagonal: R = Q^T A is upper triangular", () => {
  const [rows, cols] = [6, 4];
  const q = orthogonalMatrix({ rows, cols }, openStream("unique"));
  const stream = openStream("unique");
  const a = Array.from({ length: rows * cols }, () => stream.normal());
  for (let i = 0; i < cols; i++) {
    for (let j = 0; j < cols; j++) {
      let sum = 0;
      for (let k = 0; k < rows; k++) sum += q[k * cols + i] * a[k * cols + j];
      if (i > j) assertAlmostEquals(sum, 0, 1e-12);
      if (i === j) assert(sum > 0);
    }
  }
});
