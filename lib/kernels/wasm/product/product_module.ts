import { createModule, type ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import { countUp } from "../emit/control.ts";
import { I32, type Local, set, type Value } from "../emit/expression.ts";
import type { Float } from "../emit/float.ts";
import { i32 } from "../emit/instructions.ts";
import { type MultiplyAdd, multiplyAddEmitter } from "../emit/multiply_add.ts";
import { addPackPlain, addPackTransposed, type Pack, type Packing } from "./product_pack.ts";
import { addPanel, type Panel, type RunPanel } from "./product_panel.ts";
import { type Block, blocksOf, panelsOf, type ProductShape, stripsOf, wholeVectors } from "./product_plan.ts";

/**
 * Builds a module whose `run` computes a product, all arguments addresses.
 *
 * The inner dimension runs in blocks that fit the cache. Of each, b is packed into panels and a in strips of rows.
 * Then every tile of `out`, held in registers, runs down its panel. An element's chain goes on from
 * block to block in `out` itself, so that its order is that of the contract.
 */
export function buildProduct(shape: ProductShape, arithmetic: ProductArithmetic): ModuleBuilder {
  const module = createModule();
  const { float } = arithmetic;
  const functions = addFunctions(module, arithmetic);
  const params = { a: I32, b: I32, out: I32, bias: I32, packedA: I32, packedB: I32 };
  module.procedure({ name: "run", params }, (given, f) => {
    const locals = { ...given, ...f.locals({ panel: I32, strip: I32 }) };
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

/** The functions that a product is made of, each added to the module when it is first asked for. */
interface Functions {
  packPlain(packing: Shape<Packing>): Pack;
  packTransposed(packing: Shape<Packing>): Pack;
  panel(panel: Panel): RunPanel;
}

/** What remains to be said of a part of a product: the dtype is that of the whole. */
type Shape<T> = Omit<T, "float">;

function addFunctions(module: ModuleBuilder, { multiplyAdd, float }: ProductArithmetic): Functions {
  const emit = multiplyAddEmitter(module, multiplyAdd);
  return {
    packPlain: addOnce((packing) => addPackPlain(module, { ...packing, float })),
    packTransposed: addOnce((packing) => addPackTransposed(module, { ...packing, float })),
    panel: addOnce((panel) => addPanel(module, { ...panel, emit, float })),
  };
}

/** Makes `add` return what it has returned before for options of the same values. */
function addOnce<Options extends object, Call>(add: (options: Options) => Call): (options: Options) => Call {
  const added = new Map<string, Call>();
  return (options) => {
    const key = Object.values(options).join(" ");
    const call = added.get(key) ?? add(options);
    added.set(key, call);
    return call;
  };
}

interface ProductParts {
  readonly shape: ProductShape;
  readonly functions: Functions;
  readonly float: Float;
  readonly locals: {
    readonly a: Local<I32>;
    readonly b: Local<I32>;
    readonly out: Local<I32>;
    readonly bias: Local<I32>;
    readonly packedA: Local<I32>;
    readonly packedB: Local<I32>;
    /** Number of a panel in its group. */
    readonly panel: Local<I32>;
    /** First row of a strip. */
    readonly strip: Local<I32>;
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
  return panelsOf(shape, float).map(({ firstColumn, count, width, columns }) => {
    const pack = functions[plain ? "packPlain" : "packTransposed"]({ depth, columns, width, stride });
    return eachPanel(panel, {
      count,
      body: pack({
        from: address(b, fromBlock + firstColumn * column, [panel, width * column]),
        to: address(packedB, firstColumn * depth * size, [panel, width * depth * size]),
      }),
    });
  });
}

/** Runs every strip of a down every panel of a block. */
function runStrips(block: Block, parts: ProductParts): Code {
  const { shape, locals: { strip } } = parts;
  const { rows, count, rest } = stripsOf(shape);
  const body = (stripRows: number) => {
    const part = { ...block, rows: stripRows };
    return [packStrip(part, parts), runPanels(part, parts)];
  };
  return [
    set(strip, i32.const(0)),
    count === 0 ? [] : countUp(strip, { step: rows, limit: i32.const(rows * count), body: body(rows) }),
    rest === 0 ? [] : body(rest),
  ];
}

/** A block of some rows of a. */
interface Strip extends Block {
  readonly rows: number;
}

/** Packs a strip of a: its rows one after the other, or, transposed, its columns. */
function packStrip({ rows, start, depth }: Strip, parts: ProductParts): Code {
  const { shape, functions, locals: { a, packedA, strip }, float } = parts;
  const { size: bytes } = float;
  const plain = shape.a === "plain";
  const stride = (plain ? shape.inner : shape.rows) * bytes;
  const from = plain
    ? address(a, start * bytes, [strip, stride])
    : address(a, start * stride, [strip, bytes]);
  // What lies behind a row's end is never used, so it may hold anything.
  const size = plain
    ? { depth: rows, width: wholeVectors(depth, float) }
    : { depth, width: wholeVectors(rows, float) };
  return functions.packPlain({ ...size, columns: size.width, stride })({ from, to: packedA });
}

/** Runs a packed strip down every panel of its block. */
function runPanels({ rows, start, depth }: Strip, parts: ProductParts): Code {
  const { shape, functions, locals: { out, bias, packedA, packedB, panel, strip }, float } = parts;
  const { size } = float;
  const plain = shape.a === "plain";
  const outRow = shape.cols * size;
  return panelsOf(shape, float).map(({ firstColumn, count, width, columns }) => {
    const run = functions.panel({
      ...{ rows, width, columns, depth, outRow },
      aRow: plain ? wholeVectors(depth, float) * size : size,
      aInner: plain ? size : wholeVectors(rows, float) * size,
      start: start === 0 ? "zero" : "out",
      ending: start + depth === shape.inner ? shape.ending : "none",
    });
    return eachPanel(panel, {
      count,
      body: run({
        a: packedA,
        b: address(packedB, firstColumn * depth * size, [panel, width * depth * size]),
        out: address(out, firstColumn * size, [strip, outRow], [panel, width * size]),
        bias: address(bias, firstColumn * size, [panel, width * size]),
      }),
    });
  });
}

/** Runs over the panels of a group. */
function eachPanel(
  panel: Local<I32>,
  { count, body }: { readonly count: number; readonly body: Code },
): Code {
  return [set(panel, i32.const(0)), countUp(panel, { step: 1, limit: i32.const(count), body })];
}

/** Returns the address `base + bytes + index * step + ...`. */
function address(
  base: Local<I32>,
  bytes: number,
  ...terms: readonly (readonly [index: Local<I32>, step: number])[]
): Value<I32> {
  return terms.reduce(
    (sum, [index, step]) => i32.add(sum, i32.mul(index, i32.const(step))),
    i32.add(base, i32.const(bytes)),
  );
}
