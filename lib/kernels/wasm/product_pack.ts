import {
  type Code,
  countUp,
  I32,
  i32,
  i8x16,
  type Local,
  type ModuleBuilder,
  V128,
  v128,
} from "./assembler.ts";

/** A part of a matrix that is packed: `[depth, columns]` as the product sees it. */
export interface Packing {
  readonly depth: number;
  /** Columns that there are. */
  readonly columns: number;
  /** Columns as packed, a multiple of 4; those that there are not become zero. */
  readonly width: number;
  /** Bytes between rows in memory. */
  readonly stride: number;
}

/** Adds a function (from, to) that copies rows of a matrix so that they lie close. */
export function addPackPlain(module: ModuleBuilder, { depth, columns, width, stride }: Packing): number {
  return module.add({ params: [I32, I32] }, (f) => {
    const [from, to] = f.params;
    const k = f.local(I32);
    const copies = Array.from({ length: width / 4 }, (_, v) => [
      to.get,
      [from.get, v128.load(v * 16), keepLanes(columns - v * 4)],
      v128.store(v * 16),
    ]);
    const next = [advance(from, stride), advance(to, width * 4)];
    return countUp(k, { step: 1, limit: i32.const(depth), body: [copies, next] });
  });
}

/** Adds a function (from, to) that packs a matrix whose memory holds `[columns, depth]`. */
export function addPackTransposed(module: ModuleBuilder, { depth, columns, width, stride }: Packing): number {
  return module.add({ params: [I32, I32] }, (f) => {
    const [from, to] = f.params;
    const k = f.local(I32);
    const rows = [f.local(V128), f.local(V128), f.local(V128), f.local(V128)];
    const pairs = [f.local(V128), f.local(V128), f.local(V128), f.local(V128)];
    /** Packs four steps of depth, of which `count` there are. */
    const four = (count: number): Code =>
      Array.from({ length: width / 4 }, (_, quad) => [
        rows.map((row, r) => {
          const column = quad * 4 + r;
          return [column < columns ? [from.get, v128.load(column * stride)] : zero, row.set];
        }),
        transpose(rows, pairs).slice(0, count).map((step, t) => [
          to.get,
          step,
          v128.store((t * width + quad * 4) * 4),
        ]),
      ]);
    const rest = depth % 4;
    const whole = countUp(k, {
      step: 4,
      limit: i32.const(depth - rest),
      body: [four(4), advance(from, 16), advance(to, width * 16)],
    });
    return [depth >= 4 ? whole : [], rest > 0 ? four(rest) : []];
  });
}

/** Adds a number of bytes to an address. */
export function advance(address: Local, bytes: number): Code {
  return [address.get, i32.const(bytes), i32.add, address.set];
}

/** Keeps the first lanes of the vector on the stack and makes the others +0; all stay if there are 4 or more. */
export function keepLanes(count: number): Code {
  if (count >= 4) return [];
  const mask = Array.from({ length: 16 }, (_, byte) => byte < count * 4 ? 255 : 0);
  return [v128.const(mask), v128.and];
}

const zero = v128.const(new Array<number>(16).fill(0));

/** Returns code for each of the four columns of a 4 x 4 matrix given by its rows. */
function transpose(rows: readonly Local[], pairs: readonly Local[]): Code[] {
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
