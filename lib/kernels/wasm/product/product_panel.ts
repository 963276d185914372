import type { ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import type { Float } from "../emit/float.ts";
import { advance, countUp, I32, i32, type Local, repeat, V128, v128 } from "../emit/instructions.ts";
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

/**
 * Adds a function (a, b, out, bias) that runs tile after tile of the result down a panel.
 *
 * A tile's sums stay in registers: 6 rows of four vectors, or 12 rows of two or one, are 12 registers of 256 bits (or 128),
 * and leave room for the rest. More would spill; fewer would wait for the adder.
 */
export function addPanel(
  module: ModuleBuilder,
  { emit, float, ...panel }: Panel & { readonly emit: EmitMultiplyAdd; readonly float: Float },
): number {
  const vectors = panel.width / float.lanes;
  const tileRows = vectors === 4 ? 6 : 12;
  return module.add({ params: [I32, I32, I32, I32] }, (f) => {
    const [a, b, out, bias] = f.params;
    const locals: TileLocals = {
      a,
      b,
      out,
      bias,
      aStep: f.local(I32),
      bStep: f.local(I32),
      bEnd: f.local(I32),
      element: f.local(V128),
      packed: Array.from({ length: vectors }, () => f.local(V128)),
      sums: Array.from({ length: tileRows }, () => Array.from({ length: vectors }, () => f.local(V128))),
      zero: f.local(V128),
    };
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
  readonly a: Local;
  readonly b: Local;
  readonly out: Local;
  readonly bias: Local;
  readonly aStep: Local;
  readonly bStep: Local;
  readonly bEnd: Local;
  /** One element of a in every lane. */
  readonly element: Local;
  /** One step of the panel. */
  readonly packed: readonly Local[];
  readonly sums: readonly (readonly Local[])[];
  /** Never set. */
  readonly zero: Local;
}

interface TileParts {
  readonly panel: Panel;
  readonly locals: TileLocals;
  readonly emit: EmitMultiplyAdd;
  readonly float: Float;
}

function tile(rows: number, { panel, locals, emit, float }: TileParts): Code {
  const { a, b, out, aStep, bStep, bEnd, element, packed, zero } = locals;
  const sums = locals.sums.slice(0, rows);
  const each = (act: (sum: Local, r: number, v: number) => Code): Code =>
    sums.map((row, r) => row.map((sum, v) => act(sum, r, v)));
  const step = (k: number): Code => [
    packed.map((vector, v) => [bStep.get, v128.load(k * panel.width * float.size + v * 16), vector.set]),
    sums.map((row, r) => [
      [aStep.get, float.vector.loadSplat(r * panel.aRow + k * panel.aInner), element.set],
      row.map((sum, v) => emit({ a: element, b: packed[v], sum })),
    ]),
  ];
  const steps = (count: number): Code => [
    Array.from({ length: count }, (_, k) => step(k)),
    advance(aStep, count * panel.aInner),
    advance(bStep, count * panel.width * float.size),
  ];
  const rest = panel.depth % UNROLL;
  const whole = panel.depth - rest;
  return [
    [a.get, aStep.set, b.get, bStep.tee, i32.const(whole * panel.width * float.size), i32.add, bEnd.set],
    each((sum, r, v) => [
      panel.start === "zero" ? zero.get : [out.get, v128.load(r * panel.outRow + v * 16)],
      sum.set,
    ]),
    whole > 0 ? repeat(steps(UNROLL), [bStep.get, bEnd.get, i32.ltU]) : [],
    rest > 0 ? steps(rest) : [],
    each((sum, _, v) => end(sum, { v, panel, locals, float })),
    each((sum, r, v) =>
      storeLanes(out, {
        float,
        value: sum,
        offset: r * panel.outRow + v * 16,
        count: panel.columns - v * float.lanes,
      })
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
function end(sum: Local, { v, panel, locals: { bias, zero }, float: { vector } }: EndParts): Code {
  if (panel.ending === "none") return [];
  const add = [sum.get, bias.get, v128.load(v * 16), vector.add, sum.set];
  const relu = [sum.get, sum.get, zero.get, vector.lt, v128.andnot, sum.set];
  return panel.ending === "bias" ? add : [add, relu];
}

/** Steps of the inner dimension in one turn of the loop: enough that counting costs nothing. */
const UNROLL = 4;
