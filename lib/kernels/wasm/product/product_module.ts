import { createModule, type ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import type { Float } from "../emit/float.ts";
import { call, countUp, I32, i32, type Local } from "../emit/instructions.ts";
import { type MultiplyAdd, multiplyAddEmitter } from "../emit/multiply_add.ts";
import { addPackPlain, addPackTransposed, type Packing } from "./product_pack.ts";
import { addPanel, type Panel } from "./product_panel.ts";
import {
  type Block,
  blocksOf,
  type PanelGroup,
  panelsOf,
  type ProductShape,
  stripsOf,
  wholeVectors,
} from "./product_plan.ts";

/**
 * Builds a module whose `run(a, b, out, bias, packedA, packedB)` computes a product, all arguments addresses.
 *
 * The inner dimension runs in blocks that fit the cache. Of each, b is packed into panels and a in strips of rows.
 * Then every tile of `out`, held in registers, runs down its panel. An element's chain goes on from
 * block to block in `out` itself, so that its order is that of the contract.
 */
export function buildProduct(shape: ProductShape, arithmetic: ProductArithmetic): ModuleBuilder {
  const module = createModule();
  const { float } = arithmetic;
  const functions = addFunctions(module, arithmetic);
  module.add({ params: [I32, I32, I32, I32, I32, I32], name: "run" }, (f) => {
    const [a, b, out, bias, packedA, packedB] = f.params;
    const locals = { a, b, out, bias, packedA, packedB, panel: f.local(I32), strip: f.local(I32) };
    const parts = { shape, locals, functions, float };
    return blocksOf(shape, float).map((block) => [packPanels(block, parts), runStrips(block, parts)]);
  });
  return module;
}

/** How a product computes. */
export interface ProductArithmetic {
  readonly multiplyAdd: MultiplyAdd;
  readonly float: Float;
}

/** Calls of the functions that a product is made of, each added to the module when it is first called for. */
interface Functions {
  packPlain(packing: Shape<Packing>): Code;
  packTransposed(packing: Shape<Packing>): Code;
  runPanel(panel: Panel): Code;
}

/** What remains to be said of a part of a product: the dtype is that of the whole. */
type Shape<T> = Omit<T, "float">;

function addFunctions(module: ModuleBuilder, { multiplyAdd, float }: ProductArithmetic): Functions {
  const emit = multiplyAddEmitter(module, multiplyAdd);
  const indices = new Map<string, number>();
  const once = (key: string, add: () => number): Code => {
    if (!indices.has(key)) indices.set(key, add());
    return call(indices.get(key)!);
  };
  return {
    packPlain: (packing) =>
      once(`plain ${Object.values(packing)}`, () => addPackPlain(module, { ...packing, float })),
    packTransposed: (packing) =>
      once(`transposed ${Object.values(packing)}`, () => addPackTransposed(module, { ...packing, float })),
    runPanel: (panel) =>
      once(`panel ${Object.values(panel)}`, () => addPanel(module, { ...panel, emit, float })),
  };
}

interface ProductParts {
  readonly shape: ProductShape;
  readonly functions: Functions;
  readonly float: Float;
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
function packPanels({ start, depth }: Block, { shape, functions, locals, float }: ProductParts): Code {
  const { b, packedB, panel } = locals;
  const plain = shape.b === "plain";
  const { size } = float;
  const stride = (plain ? shape.cols : shape.inner) * size;
  const column = plain ? size : stride;
  const fromBlock = start * (plain ? stride : size);
  return panelsOf(shape, float).map(({ firstColumn, count, width, columns }) =>
    eachPanel(panel, count, [
      address(b, fromBlock + firstColumn * column, [panel, width * column]),
      address(packedB, firstColumn * depth * size, [panel, width * depth * size]),
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
function packStrip(rows: number, { start, depth }: Block, parts: ProductParts): Code {
  const { shape, functions, locals: { a, packedA, strip }, float } = parts;
  const { size: bytes } = float;
  const plain = shape.a === "plain";
  const stride = (plain ? shape.inner : shape.rows) * bytes;
  const from = plain
    ? address(a, start * bytes, [strip, stride])
    : address(a, start * stride, [strip, bytes]);
  // What is beyond a row's end is never used, so that nobody need clear it.
  const size = plain
    ? { depth: rows, width: wholeVectors(depth, float) }
    : { depth, width: wholeVectors(rows, float) };
  return [from, packedA.get, functions.packPlain({ ...size, columns: size.width, stride })];
}

function runPanels(rows: number, { start, depth }: Block, parts: ProductParts): Code {
  const { shape, functions, locals: { out, bias, packedA, packedB, panel, strip }, float } = parts;
  const { size } = float;
  const plain = shape.a === "plain";
  const outRow = shape.cols * size;
  return panelsOf(shape, float).map(({ firstColumn, count, width, columns }: PanelGroup) =>
    eachPanel(panel, count, [
      packedA.get,
      address(packedB, firstColumn * depth * size, [panel, width * depth * size]),
      address(out, firstColumn * size, [strip, outRow], [panel, width * size]),
      address(bias, firstColumn * size, [panel, width * size]),
      functions.runPanel({
        rows,
        width,
        columns,
        depth,
        aRow: plain ? wholeVectors(depth, float) * size : size,
        aInner: plain ? size : wholeVectors(rows, float) * size,
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
