import type { PanelGroup } from "./product_layout.ts";
import type { ProductEmitter } from "./product_tile.ts";

/** Copies a strip of a that is transposed in memory, from rbp on to r8 on. Changes rax, rbx and r12. */
export function copyStrip(
  { code, vectors, shape }: ProductEmitter,
  { stripStep }: { readonly stripStep: number },
): void {
  const vectorBytes = vectors.lanes * vectors.size;
  code.move("rbx", "rbp");
  code.move("r12", "r8");
  code.repeat("rax", shape.inner, () => {
    for (let offset = 0; offset < stripStep; offset += vectorBytes) {
      const through = offset / vectorBytes % 8;
      vectors.load(through, { base: "rbx", offset });
      vectors.store({ base: "r12", offset }, through);
    }
    code.addConstant("rbx", vectors.size * shape.rows);
    code.addConstant("r12", stripStep);
  });
}

/** Copies a panel of b from rdx on to r9 on, step by step of the inner dimension. Changes rax, rbx and r12. */
export function copyPanel({ code, vectors, shape }: ProductEmitter, { width }: PanelGroup): void {
  const vectorBytes = vectors.lanes * vectors.size;
  code.move("rbx", "rdx");
  code.move("r12", "r9");
  code.repeat("rax", shape.inner, () => {
    for (let column = 0; column < width; column++) {
      vectors.load(column, { base: "rbx", offset: column * vectorBytes });
      vectors.store({ base: "r12", offset: column * vectorBytes }, column);
    }
    code.addConstant("rbx", vectors.size * shape.cols);
    code.addConstant("r12", width * vectorBytes);
  });
}

/**
 * Copies `depth` steps of a panel of b that is transposed in memory, from rdx on to r9 on, so that columns become
 * neighbours.
 * Changes rax, rbx and r12.
 *
 * It takes as many steps of the inner dimension at a time as 128 bits hold: each of its vectors is put together from as
 * many rows in memory, and small squares are then transposed within the 128 bits.
 */
export function transposePanel(
  { code, vectors, shape }: ProductEmitter,
  { width, columns, depth }: PanelGroup & { readonly depth: number },
): void {
  const { lanes, size, quad } = vectors;
  const vectorBytes = lanes * size;
  code.move("rbx", "rdx");
  code.move("r12", "r9");
  code.repeat("rax", Math.ceil(depth / quad), () => {
    for (let vector = 0; vector < width; vector++) {
      for (let i = 0; i < quad; i++) {
        const rows = Array.from({ length: lanes / quad }, (_, part) => vector * lanes + quad * part + i);
        // Lanes of columns that are not there repeat the last one; they are not stored in the end.
        const from = rows.map((row) => Math.min(row, columns - 1) * shape.inner * size);
        vectors.loadParts(i, from.map((offset) => ({ base: "rbx", offset })));
      }
      for (const [step, column] of transposeSquares(vectors).entries()) {
        vectors.store({ base: "r12", offset: (step * width + vector) * vectorBytes }, column);
      }
    }
    code.addConstant("rbx", 16);
    code.addConstant("r12", quad * width * vectorBytes);
  });
}

/** Transposes the squares in the first registers and returns those that then hold a step each. */
function transposeSquares(
  { quad, interleave, interleavePairs }: ProductEmitter["vectors"],
): readonly number[] {
  if (quad === 2) {
    interleave(4, "lower", [0, 1]);
    interleave(5, "upper", [0, 1]);
    return [4, 5];
  }
  interleave(4, "lower", [0, 1]);
  interleave(5, "upper", [0, 1]);
  interleave(6, "lower", [2, 3]);
  interleave(7, "upper", [2, 3]);
  interleavePairs(0, "lower", [4, 6]);
  interleavePairs(1, "upper", [4, 6]);
  interleavePairs(2, "lower", [5, 7]);
  interleavePairs(3, "upper", [5, 7]);
  return [0, 1, 2, 3];
}
