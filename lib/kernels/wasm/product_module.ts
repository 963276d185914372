import { createModule, type ModuleBuilder } from "./assembler.ts";
import type { Code } from "./code.ts";
import { call, countUp, I32, i32, type Local } from "./instructions.ts";
import { type MultiplyAdd, multiplyAddEmitter } from "./multiply_add.ts";
import { addPackPlain, addPackTransposed, type Packing } from "./product_pack.ts";
import { addPanel, type Panel } from "./product_panel.ts";
import {
  type Block,
  blocksOf,
  type PanelGroup,
  panelsOf,
  type ProductShape,
  roundUp4,
  stripsOf,
} from "./product_plan.ts";

/**
 * Builds a module whose `run(a, b, out, bias, packedA, packedB)` computes a product, all arguments addresses.
 *
 * The inner dimension runs in blocks that fit the cache. Of each, b is packed into panels and a in strips of rows.
 * Then every tile of `out`, held in registers, runs down its panel. An element's chain goes on from
 * block to block in `out` itself, so that its order is that of the contract.
 */
export function buildProduct(shape: ProductShape, multiplyAdd: MultiplyAdd): ModuleBuilder {
  const module = createModule();
  const functions = addFunctions(module, multiplyAdd);
  module.add({ params: [I32, I32, I32, I32, I32, I32], name: "run" }, (f) => {
    const [a, b, out, bias, packedA, packedB] = f.params;
    const locals = { a, b, out, bias, packedA, packedB, panel: f.local(I32), strip: f.local(I32) };
    const parts = { shape, locals, functions };
    return blocksOf(shape).map((block) => [packPanels(block, parts), runStrips(block, parts)]);
  });
  return module;
}

/** Calls of the functions that a product is made of, each added to the module when it is first called for. */
interface Functions {
  packPlain(packing: Packing): Code;
  packTransposed(packing: Packing): Code;
  runPanel(panel: Panel): Code;
}

function addFunctions(module: ModuleBuilder, multiplyAdd: MultiplyAdd): Functions {
  const emit = multiplyAddEmitter(module, multiplyAdd);
  const indices = new Map<string, number>();
  const once = (key: string, add: () => number): Code => {
    if (!indices.has(key)) indices.set(key, add());
    return call(indices.get(key)!);
  };
  return {
    packPlain: (packing) => once(`plain ${Object.values(packing)}`, () => addPackPlain(module, packing)),
    packTransposed: (packing) =>
      once(`transposed ${Object.values(packing)}`, () => addPackTransposed(module, packing)),
    runPanel: (panel) => once(`panel ${Object.values(panel)}`, () => addPanel(module, { ...panel, emit })),
  };
}

interface ProductParts {
  readonly shape: ProductShape;
  readonly functions: Functions;
  readonly locals: {
    readonly a: Local;
    readonly b: Local;
    readonly out: Local;
    readonly bias: Local;
    readonly packedA: Local;
    readonly packedB: Local;
    /** Number of a panel in its group. */
    readonly panel: Local;
    /** First row of a strip. */
    readonly strip: Local;
  };
}

/** Packs a block of b, panel after panel. */
function packPanels({ start, depth }: Block, { shape, functions, locals }: ProductParts): Code {
  const { b, packedB, panel } = locals;
  const plain = shape.b === "plain";
  const stride = (plain ? shape.cols : shape.inner) * 4;
  const column = plain ? 4 : stride;
  const fromBlock = start * (plain ? stride : 4);
  return panelsOf(shape).map(({ firstColumn, count, width, columns }) =>
    eachPanel(panel, count, [
      address(b, fromBlock + firstColumn * column, [panel, width * column]),
      address(packedB, firstColumn * depth * 4, [panel, width * depth * 4]),
      functions[plain ? "packPlain" : "packTransposed"]({ depth, columns, width, stride }),
    ])
  );
}

/** Runs every strip of a down every panel of a block. */
function runStrips(block: Block, parts: ProductParts): Code {
  const { shape, locals: { strip } } = parts;
  const { rows, count, rest } = stripsOf(shape);
  const body = (
    stripRows: number,
  ) => [packStrip(stripRows, block, parts), runPanels(stripRows, block, parts)];
  return [
    [i32.const(0), strip.set],
    count === 0 ? [] : countUp(strip, { step: rows, limit: i32.const(rows * count), body: body(rows) }),
    rest === 0 ? [] : body(rest),
  ];
}

/** Packs a strip of a: its rows one after the other, or, transposed, its columns. */
function packStrip(rows: number, { start, depth }: Block, { shape, functions, locals }: ProductParts): Code {
  const { a, packedA, strip } = locals;
  const plain = shape.a === "plain";
  const stride = (plain ? shape.inner : shape.rows) * 4;
  const from = plain ? address(a, start * 4, [strip, stride]) : address(a, start * stride, [strip, 4]);
  // What is beyond a row's end is never used, so that nobody need clear it.
  const size = plain ? { depth: rows, width: roundUp4(depth) } : { depth, width: roundUp4(rows) };
  return [from, packedA.get, functions.packPlain({ ...size, columns: size.width, stride })];
}

function runPanels(rows: number, { start, depth }: Block, { shape, functions, locals }: ProductParts): Code {
  const { out, bias, packedA, packedB, panel, strip } = locals;
  const plain = shape.a === "plain";
  const outRow = shape.cols * 4;
  return panelsOf(shape).map(({ firstColumn, count, width, columns }: PanelGroup) =>
    eachPanel(panel, count, [
      packedA.get,
      address(packedB, firstColumn * depth * 4, [panel, width * depth * 4]),
      address(out, firstColumn * 4, [strip, outRow], [panel, width * 4]),
      address(bias, firstColumn * 4, [panel, width * 4]),
      functions.runPanel({
        rows,
        width,
        columns,
        depth,
        aRow: plain ? roundUp4(depth) * 4 : 4,
        aInner: plain ? 4 : roundUp4(rows) * 4,
        outRow,
        start: start === 0 ? "zero" : "out",
        ending: start + depth === shape.inner ? shape.ending : "none",
      }),
    ])
  );
}

function eachPanel(panel: Local, count: number, body: Code): Code {
  return [[i32.const(0), panel.set], countUp(panel, { step: 1, limit: i32.const(count), body })];
}

/** Returns code for `base + bytes + index * step + ...`. */
function address(
  base: Local,
  bytes: number,
  ...terms: readonly (readonly [index: Local, step: number])[]
): Code {
  const sums = terms.map(([index, step]) => [index.get, i32.const(step), i32.mul, i32.add]);
  return [base.get, i32.const(bytes), i32.add, sums];
}
