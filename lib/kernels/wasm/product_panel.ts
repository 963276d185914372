import {
  type Code,
  countUp,
  f32x4,
  I32,
  i32,
  type Local,
  type ModuleBuilder,
  V128,
  v128,
} from "./assembler.ts";
import { repeat } from "./assembler.ts";
import type { EmitMultiplyAdd } from "./multiply_add.ts";
import { advance } from "./product_pack.ts";
import type { Ending } from "./product_plan.ts";
import { storeLanes } from "./lanes.ts";

/** A strip of rows of a times one packed panel of b, for one block of the inner dimension. */
export interface Panel {
  readonly rows: number;
  /** Columns as packed: 16, 8 or 4. */
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
 * A tile's sums stay in registers: 6 rows of 16 columns, or 12 rows of 8 or 4, are 12 registers of 256 bits (or 128), and
 * leave room for the rest. More would spill; fewer would wait for the adder.
 */
export function addPanel(
  module: ModuleBuilder,
  { emit, ...panel }: Panel & { readonly emit: EmitMultiplyAdd },
): number {
  const tileRows = panel.width === 16 ? 6 : 12;
  return module.add({ params: [I32, I32, I32, I32] }, (f) => {
    const [a, b, out, bias] = f.params;
    const vectors = panel.width / 4;
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
      body: [tile(tileRows, { panel, locals, emit }), next],
    });
    return [full > 0 ? tiles : [], rest > 0 ? tile(rest, { panel, locals, emit }) : []];
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
}

function tile(rows: number, { panel, locals, emit }: TileParts): Code {
  const { a, b, out, aStep, bStep, bEnd, element, packed, zero } = locals;
  const sums = locals.sums.slice(0, rows);
  const each = (act: (sum: Local, r: number, v: number) => Code): Code =>
    sums.map((row, r) => row.map((sum, v) => act(sum, r, v)));
  const step = (k: number): Code => [
    packed.map((vector, v) => [bStep.get, v128.load((k * panel.width + v * 4) * 4), vector.set]),
    sums.map((row, r) => [
      [aStep.get, v128.load32Splat(r * panel.aRow + k * panel.aInner), element.set],
      row.map((sum, v) => emit({ a: element, b: packed[v], sum })),
    ]),
  ];
  const steps = (count: number): Code => [
    Array.from({ length: count }, (_, k) => step(k)),
    advance(aStep, count * panel.aInner),
    advance(bStep, count * panel.width * 4),
  ];
  const rest = panel.depth % UNROLL;
  const whole = panel.depth - rest;
  return [
    [a.get, aStep.set, b.get, bStep.tee, i32.const(whole * panel.width * 4), i32.add, bEnd.set],
    each((sum, r, v) => [
      panel.start === "zero" ? zero.get : [out.get, v128.load(r * panel.outRow + v * 16)],
      sum.set,
    ]),
    whole > 0 ? repeat(steps(UNROLL), [bStep.get, bEnd.get, i32.ltU]) : [],
    rest > 0 ? steps(rest) : [],
    each((sum, _, v) => end(sum, { v, panel, locals })),
    each((sum, r, v) =>
      storeLanes(out, { value: sum, offset: r * panel.outRow + v * 16, count: panel.columns - v * 4 })
    ),
  ];
}

interface EndParts {
  readonly v: number;
  readonly panel: Panel;
  readonly locals: TileLocals;
}

/** Adds the bias to a finished sum and takes ReLU, as the panel's ending says. */
function end(sum: Local, { v, panel, locals: { bias, zero } }: EndParts): Code {
  if (panel.ending === "none") return [];
  const add = [sum.get, bias.get, v128.load(v * 16), f32x4.add, sum.set];
  const relu = [sum.get, sum.get, zero.get, f32x4.lt, v128.andnot, sum.set];
  return panel.ending === "bias" ? add : [add, relu];
}

/** Steps of the inner dimension in one turn of the loop: enough that counting costs nothing. */
const UNROLL = 4;
