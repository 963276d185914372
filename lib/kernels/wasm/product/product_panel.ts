import type { Arguments, ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import { advance, countUp, repeat } from "../emit/control.ts";
import { at, I32, type Local, set, tee, V128 } from "../emit/expression.ts";
import type { Float } from "../emit/float.ts";
import { i32, v128 } from "../emit/instructions.ts";
import { storeLanes } from "../emit/lanes.ts";
import type { EmitMultiplyAdd } from "../emit/multiply_add.ts";
import type { Ending } from "./product_plan.ts";

/** A strip of rows of a times one packed panel of b, for one block of the inner dimension. */
export interface Panel {
  readonly rows: number;
  /** Columns as packed: four vectors, two or one. */
  readonly width: number;
  /** Columns that there are. */
  readonly columns: number;
  readonly depth: number;
  /** Bytes from a row of a to the next. */
  readonly aRow: number;
  /** Bytes from a step along the inner dimension to the next in a. */
  readonly aInner: number;
  /** Bytes from a row of the result to the next. */
  readonly outRow: number;
  /** Whether a chain starts at +0 or goes on from the result so far. */
  readonly start: "zero" | "out";
  readonly ending: Ending;
}

/** Calls a function that runs a strip down a panel. */
export type RunPanel = (addresses: Arguments<typeof PARAMS>) => Code;

const PARAMS = { a: I32, b: I32, out: I32, bias: I32 } as const;

/**
 * Adds a function that runs tile after tile of the result down a panel.
 *
 * A tile's sums stay in registers: 6 rows of four vectors, or 12 rows of two or one, are 12 registers of 256 bits (or 128),
 * and leave room for the rest. More would spill; fewer would wait for the adder.
 */
export function addPanel(
  module: ModuleBuilder,
  { emit, float, ...panel }: Panel & { readonly emit: EmitMultiplyAdd; readonly float: Float },
): RunPanel {
  const vectors = panel.width / float.lanes;
  const tileRows = vectors === 4 ? 6 : 12;
  return module.procedure({ params: PARAMS }, (params, f) => {
    const locals: TileLocals = {
      ...params,
      ...f.locals({ aStep: I32, bStep: I32, bEnd: I32, element: V128 }),
      packed: f.list(vectors, V128),
      sums: Array.from({ length: tileRows }, () => f.list(vectors, V128)),
      zero: f.local(V128),
    };
    const { a, out } = params;
    const row = f.local(I32);
    const rest = panel.rows % tileRows;
    const full = panel.rows - rest;
    const next = [advance(a, tileRows * panel.aRow), advance(out, tileRows * panel.outRow)];
    const tiles = countUp(row, {
      step: tileRows,
      limit: i32.const(full),
      body: [tile(tileRows, { panel, locals, emit, float }), next],
    });
    return [full > 0 ? tiles : [], rest > 0 ? tile(rest, { panel, locals, emit, float }) : []];
  });
}

interface TileLocals {
  readonly a: Local<I32>;
  readonly b: Local<I32>;
  readonly out: Local<I32>;
  readonly bias: Local<I32>;
  readonly aStep: Local<I32>;
  readonly bStep: Local<I32>;
  readonly bEnd: Local<I32>;
  /** One element of a in every lane. */
  readonly element: Local<V128>;
  /** One step of the panel. */
  readonly packed: readonly Local<V128>[];
  readonly sums: readonly (readonly Local<V128>[])[];
  /** Never set. */
  readonly zero: Local<V128>;
}

interface TileParts {
  readonly panel: Panel;
  readonly locals: TileLocals;
  readonly emit: EmitMultiplyAdd;
  readonly float: Float;
}

function tile(rows: number, { panel, locals, emit, float }: TileParts): Code {
  const { a, b, out, aStep, bStep, bEnd, element, packed, zero } = locals;
  const packedRow = panel.width * float.size;
  const sums = locals.sums.slice(0, rows);
  const each = (act: (sum: Local<V128>, r: number, v: number) => Code): Code =>
    sums.map((row, r) => row.map((sum, v) => act(sum, r, v)));
  const outAt = (r: number, v: number) => at(out, r * panel.outRow + v * 16);
  const step = (k: number): Code => [
    packed.map((vector, v) => set(vector, v128.load(at(bStep, k * packedRow + v * 16)))),
    sums.map((row, r) => [
      set(element, float.vector.loadSplat(at(aStep, r * panel.aRow + k * panel.aInner))),
      row.map((sum, v) => emit({ a: element, b: packed[v], sum })),
    ]),
  ];
  const steps = (count: number): Code => [
    Array.from({ length: count }, (_, k) => step(k)),
    advance(aStep, count * panel.aInner),
    advance(bStep, count * packedRow),
  ];
  const rest = panel.depth % UNROLL;
  const whole = panel.depth - rest;
  return [
    [set(aStep, a), set(bEnd, i32.add(tee(bStep, b), i32.const(whole * packedRow)))],
    each((sum, r, v) => set(sum, panel.start === "zero" ? zero : v128.load(outAt(r, v)))),
    whole > 0 ? repeat(steps(UNROLL), i32.ltU(bStep, bEnd)) : [],
    rest > 0 ? steps(rest) : [],
    each((sum, _, v) => end(sum, { v, panel, locals, float })),
    each((sum, r, v) =>
      storeLanes(outAt(r, v), { float, value: sum, count: panel.columns - v * float.lanes })
    ),
  ];
}

interface EndParts {
  readonly v: number;
  readonly panel: Panel;
  readonly locals: TileLocals;
  readonly float: Float;
}

/** Adds the bias to a finished sum and takes ReLU, as the panel's ending says. */
function end(sum: Local<V128>, { v, panel, locals: { bias, zero }, float }: EndParts): Code {
  const { add, lt } = float.vector;
  if (panel.ending === "none") return [];
  const addBias = set(sum, add(sum, v128.load(at(bias, v * 16))));
  const relu = set(sum, v128.andnot(sum, lt(sum, zero)));
  return panel.ending === "bias" ? addBias : [addBias, relu];
}

/** Steps of the inner dimension in one turn of the loop: enough that counting costs nothing. */
const UNROLL = 4;
