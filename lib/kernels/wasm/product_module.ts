import { call, type Code, countUp, createModule, i32, I32, type Local, type ModuleBuilder } from "./assembler.ts";
import { type MultiplyAdd, multiplyAddEmitter } from "./multiply_add.ts";
import { packPlain, packTransposed } from "./product_pack.ts";
import { addPanel, type Panel } from "./product_panel.ts";

/** A product `out = a * b`, `[rows, inner]` times `[inner, cols]`, and how its operands lie in memory. */
export interface ProductShape {
  readonly rows: number;
  readonly inner: number;
  readonly cols: number;
  /** "transposed": the memory holds `[inner, rows]`. */
  readonly a: "plain" | "transposed";
  /** "transposed": the memory holds `[cols, inner]`. */
  readonly b: "plain" | "transposed";
  /** What is done to an element after its chain. */
  readonly ending: "none" | "bias" | "bias relu";
}

/**
 * Builds a module whose `run(a, b, out, bias, packedA, packedB)` computes a product, all arguments addresses.
 *
 * The inner dimension runs in blocks that fit the cache. Of each, b is packed into panels, 16 columns wide and
 * contiguous; a transposed is packed in strips of rows. Then every tile of `out`, held in registers, runs down its panel. An
 * element's chain goes on from block to block in `out` itself, so that its order is that of the contract.
 */
export function buildProduct(shape: ProductShape, multiplyAdd: MultiplyAdd): ModuleBuilder {
  const module = createModule();
  const emit = multiplyAddEmitter(module, multiplyAdd);
  const params = [I32, I32, I32, I32, I32, I32];
  const panels = panelsOf(shape.cols);
  const strip = stripRows(shape);
  const functions = new Map<string, number>();
  const once = (key: string, add: () => number) => {
    if (!functions.has(key)) functions.set(key, add());
    return functions.get(key)!;
  };

  /** Packs block `depth` of panel b, or runs it down a strip of rows. */
  const packB = (width: number, columns: number, depth: number) =>
    once(`pack ${width} ${columns} ${depth}`, () => {
      const block = { width, columns, depth, stride: (shape.b === "plain" ? shape.cols : shape.inner) * 4 };
      return shape.b === "plain" ? packPlain(module, block) : packTransposed(module, block);
    });
  const runPanel = (panel: Panel) => once(`panel ${JSON.stringify(panel)}`, () => addPanel(module, { ...panel, emit }));

  module.add({ params, name: "run" }, (f) => {
    const [a, b, out, bias, packedA, packedB] = f.params;
    const column = f.local(I32);
    const pack = f.local(I32);
    const row = f.local(I32);
    return blocksOf(shape.inner).map(({ start, depth }) => {
      const fromA = start * (shape.a === "plain" ? 4 : shape.rows * 4);
      const fromB = start * (shape.b === "plain" ? shape.cols * 4 : 4);
      const stepB = shape.b === "plain" ? 4 : shape.inner * 4;
      const packing = panels.map(({ first, count, width, columns }) => [
        [packedB.get, i32.const(first * depth * 4), i32.add, pack.set, i32.const(0), column.set],
        countUp(column, {
          step: 1,
          limit: i32.const(count),
          body: [
            [b.get, i32.const(fromB + first * stepB), i32.add],
            [column.get, i32.const(width * stepB), i32.mul, i32.add, pack.get],
            call(packB(width, columns, depth)),
            [pack.get, i32.const(width * depth * 4), i32.add, pack.set],
          ],
        }),
      ]);
      const strips = (rows: number, at: Local | null): Code => {
        const rowStart = (base: Local, bytes: number): Code =>
          at === null ? base.get : [base.get, at.get, i32.const(bytes), i32.mul, i32.add];
        const packA = shape.a === "plain" ? [] : [
          [a.get, i32.const(fromA), i32.add, ...(at === null ? [] : [at.get, i32.const(4), i32.mul, i32.add])],
          [packedA.get],
          call(once(`strip ${rows} ${depth}`, () =>
            packPlain(module, { width: roundUp4(rows), columns: rows, depth, stride: shape.rows * 4 }))),
        ];
        const aStart = shape.a === "plain"
          ? [rowStart(a, shape.inner * 4), i32.const(fromA), i32.add]
          : packedA.get;
        return [
          packA,
          panels.map(({ first, count, width, columns }) => {
            const panel = runPanel({
              rows,
              width,
              columns,
              depth,
              aRow: shape.a === "plain" ? shape.inner * 4 : 4,
              aInner: shape.a === "plain" ? 4 : roundUp4(rows) * 4,
              outRow: shape.cols * 4,
              start: start === 0 ? "zero" : "out",
              ending: start + depth === shape.inner ? shape.ending : "none",
            });
            return [
              [i32.const(0), column.set],
              countUp(column, {
                step: 1,
                limit: i32.const(count),
                body: [
                  aStart,
                  [packedB.get, i32.const(first * depth * 4), i32.add],
                  [column.get, i32.const(width * depth * 4), i32.mul, i32.add],
                  [rowStart(out, shape.cols * 4), i32.const(first * 4), i32.add],
                  [column.get, i32.const(width * 4), i32.mul, i32.add],
                  [bias.get, i32.const(first * 4), i32.add, column.get, i32.const(width * 4), i32.mul, i32.add],
                  call(panel),
                ],
              }),
            ];
          }),
        ];
      };
      const full = shape.rows - shape.rows % strip;
      return [
        packing,
        [i32.const(0), row.set],
        full === 0 ? [] : countUp(row, { step: strip, limit: i32.const(full), body: strips(strip, row) }),
        full === shape.rows ? [] : [i32.const(full), row.set, strips(shape.rows - full, row)],
      ];
    });
  });
  return module;
}
