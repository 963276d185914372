import { createModule, type ModuleBuilder } from "../emit/assembler.ts";
import { eachColumnGroup, eachRow, vectorLocals } from "../emit/column_loop.ts";
import { I32, set, V128 } from "../emit/expression.ts";
import type { Float } from "../emit/float.ts";

/** What is summed. */
export interface ColumnSums {
  readonly rows: number;
  readonly cols: number;
  /** "x" itself, or "x * y" of two matrices. */
  readonly term: "x" | "x * y";
}

/** Builds a module whose `run` sums columns from the first row to the last; without a y, it is x again. */
export function buildColumnSums({ rows, cols, term }: ColumnSums, float: Float): ModuleBuilder {
  const module = createModule();
  const { add, mul } = float.vector;
  module.procedure({ name: "run", params: { x: I32, y: I32, out: I32 } }, ({ x, y, out }, f) => {
    const { column, row, atX, atY } = f.locals({ column: I32, row: I32, atX: I32, atY: I32 });
    const zero = f.local(V128);
    const locals = vectorLocals(f, ["sum"]);
    const rowLoop = {
      rows,
      counter: row,
      stride: cols * float.size,
      pointers: [[atX, x], [atY, y]],
    } as const;
    const loop = { float, columns: cols, counter: column, pointers: [x, y, out], locals };
    return eachColumnGroup(loop, (each) => [
      each(({ sum }) => set(sum, zero)),
      eachRow(
        rowLoop,
        each(({ sum, load }) => set(sum, add(sum, term === "x" ? load(atX) : mul(load(atX), load(atY))))),
      ),
      each(({ sum, store }) => store(out, sum)),
    ]);
  });
  return module;
}

/** The key of {@link buildColumnSums}. */
export function columnSumsKey({ rows, cols, term }: ColumnSums): string {
  return `columnSums ${rows} ${cols} ${term}`;
}
