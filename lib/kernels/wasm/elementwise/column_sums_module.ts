import { createModule, type ModuleBuilder } from "../emit/assembler.ts";
import { eachColumnGroup, eachRow } from "../emit/columns.ts";
import type { Float } from "../emit/float.ts";
import { I32, V128, v128 } from "../emit/instructions.ts";
import { storeLanes } from "../emit/lanes.ts";

/** What is summed. */
export interface ColumnSums {
  readonly rows: number;
  readonly cols: number;
  /** "x" itself, or "x * y" of two matrices. */
  readonly term: "x" | "x * y";
}

/** Builds a module whose `run(x, y, out)` sums columns from the first row to the last; without a y, it is x again. */
export function buildColumnSums({ rows, cols, term }: ColumnSums, float: Float): ModuleBuilder {
  const module = createModule();
  module.add({ params: [I32, I32, I32], name: "run" }, (f) => {
    const [x, y, out] = f.params;
    const [column, row, atX, atY] = [f.local(I32), f.local(I32), f.local(I32), f.local(I32)];
    const zero = f.local(V128);
    const sums = [f.local(V128), f.local(V128), f.local(V128), f.local(V128)];
    return eachColumnGroup({
      float,
      columns: cols,
      counter: column,
      pointers: [x, y, out],
      body: ({ vectors, columns }) => [
        sums.map((sum) => [zero.get, sum.set]),
        eachRow({
          rows,
          counter: row,
          stride: cols * float.size,
          pointers: [[atX, x], [atY, y]],
          body: sums.slice(0, vectors).map((sum, v) => [
            [sum.get, atX.get, v128.load(v * 16)],
            term === "x" ? [] : [atY.get, v128.load(v * 16), float.vector.mul],
            [float.vector.add, sum.set],
          ]),
        }),
        sums.slice(0, vectors).map((value, v) =>
          storeLanes(out, { float, value, offset: v * 16, count: columns - v * float.lanes })
        ),
      ],
    });
  });
  return module;
}

/** The key of {@link buildColumnSums}. */
export function columnSumsKey({ rows, cols, term }: ColumnSums): string {
  return `columnSums ${rows} ${cols} ${term}`;
}
