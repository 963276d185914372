import type { ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import type { Float } from "../emit/float.ts";
import { advance, countUp, I32, i32, i8x16, type Local, V128, v128 } from "../emit/instructions.ts";
import { keepLanes } from "../emit/lanes.ts";

/** A part of a matrix that is packed: `[depth, columns]` as the product sees it. */
export interface Packing {
  readonly depth: number;
  /** Columns that there are. */
  readonly columns: number;
  /** Columns as packed, a multiple of a vector's lanes; those that there are not become zero. */
  readonly width: number;
  /** Bytes between rows in memory. */
  readonly stride: number;
  readonly float: Float;
}

/** Adds a function (from, to) that copies rows of a matrix so that they lie close. */
export function addPackPlain(
  module: ModuleBuilder,
  { depth, columns, width, stride, float }: Packing,
): number {
  const { lanes, size } = float;
  return module.add({ params: [I32, I32] }, (f) => {
    const [from, to] = f.params;
    const k = f.local(I32);
    const copies = Array.from({ length: width / lanes }, (_, v) => [
      to.get,
      [from.get, v128.load(v * 16), keepLanes(columns - v * lanes, float)],
      v128.store(v * 16),
    ]);
    const next = [advance(from, stride), advance(to, width * size)];
    return countUp(k, { step: 1, limit: i32.const(depth), body: [copies, next] });
  });
}

/** Adds a function (from, to) that packs a matrix whose memory holds `[columns, depth]`, square by square. */
export function addPackTransposed(
  module: ModuleBuilder,
  { depth, columns, width, stride, float: { lanes, size } }: Packing,
): number {
  return module.add({ params: [I32, I32] }, (f) => {
    const [from, to] = f.params;
    const k = f.local(I32);
    const [rows, pairs] = [0, 1].map(() => Array.from({ length: lanes }, () => f.local(V128)));
    /** Packs as many steps of depth as a vector has lanes, of which `count` there are. */
    const square = (count: number): Code =>
      Array.from({ length: width / lanes }, (_, group) => [
        rows.map((row, r) => {
          const column = group * lanes + r;
          return [column < columns ? [from.get, v128.load(column * stride)] : zero, row.set];
        }),
        (lanes === 4 ? transposeFour(rows, pairs) : transposeTwo(rows)).slice(0, count).map((step, t) => [
          to.get,
          step,
          v128.store((t * width + group * lanes) * size),
        ]),
      ]);
    const rest = depth % lanes;
    const whole = countUp(k, {
      step: lanes,
      limit: i32.const(depth - rest),
      body: [square(lanes), advance(from, 16), advance(to, width * 16)],
    });
    return [depth >= lanes ? whole : [], rest > 0 ? square(rest) : []];
  });
}

const zero = v128.const(new Array<number>(16).fill(0));

/** Returns code for each of the two columns of a 2 x 2 matrix of float64 given by its rows. */
function transposeTwo([upper, lower]: readonly Local[]): Code[] {
  const mix = (half: number): Code => [
    [upper.get, lower.get],
    i8x16.shuffle(
      [half, half + 2].flatMap((lane) => Array.from({ length: 8 }, (_, byte) => lane * 8 + byte)),
    ),
  ];
  return [mix(0), mix(1)];
}

/** Returns code for each of the four columns of a 4 x 4 matrix of float32 given by its rows. */
function transposeFour(rows: readonly Local[], pairs: readonly Local[]): Code[] {
  const [low, high] = [[0, 4, 1, 5], [2, 6, 3, 7]];
  const [left, right] = [[0, 1, 4, 5], [2, 3, 6, 7]];
  const mix = (a: Local, b: Local, lanes: readonly number[]): Code => [a.get, b.get, shuffleLanes(lanes)];
  const prepare = [
    [mix(rows[0], rows[1], low), pairs[0].set],
    [mix(rows[2], rows[3], low), pairs[1].set],
    [mix(rows[0], rows[1], high), pairs[2].set],
    [mix(rows[2], rows[3], high), pairs[3].set],
  ];
  // The address of the first store lies below these on the stack, where they leave it alone.
  return [
    [prepare, mix(pairs[0], pairs[1], left)],
    mix(pairs[0], pairs[1], right),
    mix(pairs[2], pairs[3], left),
    mix(pairs[2], pairs[3], right),
  ];
}

function shuffleLanes(lanes: readonly number[]): Code {
  return i8x16.shuffle(lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte)));
}
