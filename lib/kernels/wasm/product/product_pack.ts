import type { Arguments, ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import { advance, countUp } from "../emit/control.ts";
import { after, at, I32, type Local, set, V128, type Value } from "../emit/expression.ts";
import type { Float } from "../emit/float.ts";
import { i32, v128 } from "../emit/instructions.ts";
import { keepLanes, shuffleLanes } from "../emit/lanes.ts";

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

/** Calls a function that packs. */
export type Pack = (addresses: Arguments<typeof PARAMS>) => Code;

const PARAMS = { from: I32, to: I32 } as const;

/** Adds a function that copies rows of a matrix, one right behind the other. */
export function addPackPlain(
  module: ModuleBuilder,
  { depth, columns, width, stride, float }: Packing,
): Pack {
  const { lanes, size } = float;
  return module.procedure({ params: PARAMS }, ({ from, to }, f) => {
    const k = f.local(I32);
    const copies = Array.from({ length: width / lanes }, (_, v) =>
      v128.store(
        at(to, v * 16),
        keepLanes(v128.load(at(from, v * 16)), { float, count: columns - v * lanes }),
      ));
    const next = [advance(from, stride), advance(to, width * size)];
    return countUp(k, { step: 1, limit: i32.const(depth), body: [copies, next] });
  });
}

/** Adds a function that packs a matrix whose memory holds `[columns, depth]`, square by square. */
export function addPackTransposed(
  module: ModuleBuilder,
  { depth, columns, width, stride, float: { lanes, size } }: Packing,
): Pack {
  return module.procedure({ params: PARAMS }, ({ from, to }, f) => {
    const k = f.local(I32);
    const [rows, pairs] = [f.list(lanes, V128), f.list(lanes, V128)];
    const row = (column: number) => column < columns ? v128.load(at(from, column * stride)) : ZERO;
    /** Packs as many steps of depth as a vector has lanes, of which `count` there are. */
    const square = (count: number): Code =>
      Array.from({ length: width / lanes }, (_, group) => {
        const steps = lanes === 4 ? transposeFour(rows, pairs) : transposeTwo(rows);
        return [
          rows.map((local, r) => set(local, row(group * lanes + r))),
          steps.slice(0, count).map((step, t) =>
            v128.store(at(to, (t * width + group * lanes) * size), step)
          ),
        ];
      });
    const rest = depth % lanes;
    const whole = countUp(k, {
      step: lanes,
      limit: i32.const(depth - rest),
      body: [square(lanes), advance(from, 16), advance(to, width * 16)],
    });
    return [depth >= lanes ? whole : [], rest > 0 ? square(rest) : []];
  });
}

const ZERO = v128.const(new Array<number>(16).fill(0));

/** Returns the two columns of a 2 x 2 matrix of float64 given by its rows. */
function transposeTwo([upper, lower]: readonly Local<V128>[]): readonly Value<V128>[] {
  return [0, 1].map((half) => shuffleLanes([upper, lower], { size: 8, lanes: [half, half + 2] }));
}

/** Returns the four columns of a 4 x 4 matrix of float32 given by its rows; they are to be computed in order. */
function transposeFour(
  rows: readonly Local<V128>[],
  pairs: readonly Local<V128>[],
): readonly Value<V128>[] {
  const mix = (a: Local<V128>, b: Local<V128>, lanes: readonly number[]) =>
    shuffleLanes([a, b], { size: 4, lanes });
  const [low, high] = [[0, 4, 1, 5], [2, 6, 3, 7]];
  const [left, right] = [[0, 1, 4, 5], [2, 3, 6, 7]];
  const prepare = [
    set(pairs[0], mix(rows[0], rows[1], low)),
    set(pairs[1], mix(rows[2], rows[3], low)),
    set(pairs[2], mix(rows[0], rows[1], high)),
    set(pairs[3], mix(rows[2], rows[3], high)),
  ];
  return [
    after(prepare, mix(pairs[0], pairs[1], left)),
    mix(pairs[0], pairs[1], right),
    mix(pairs[2], pairs[3], left),
    mix(pairs[2], pairs[3], right),
  ];
}
