import { createModule, type ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import type { Float } from "../emit/float.ts";
import { advance, countUp, I32, i32, i8x16, type Local, V128, v128 } from "../emit/instructions.ts";
import { keepLanes, storeLanes } from "../emit/lanes.ts";
import type { NormShape } from "./batch_norm_module.ts";

/**
 * Builds a module whose `run(x, gamma, beta, normalized, inverseDeviation, out, epsilon)` normalizes rows by their own
 * statistics.
 */
export function buildLayerNorm({ rows, cols }: NormShape, float: Float): ModuleBuilder {
  const module = createModule();
  const { size, vector } = float;
  module.add({ params: [...Array(6).fill(I32), float.type], name: "run" }, (f) => {
    const [x, gamma, beta, normalized, inverse, out, epsilon] = f.params;
    const [row, to] = [f.local(I32), f.local(I32)];
    const loop = { cols, counter: f.local(I32), offset: f.local(I32), float };
    const sums = { sum: f.local(V128), second: f.local(V128) };
    const [mean, inverses, value] = Array.from({ length: 3 }, () => f.local(V128));
    const load = (pointer: Local, v: number) => [pointer.get, loop.offset.get, i32.add, v128.load(v * 16)];
    const centred = (v: number) => [load(x, v), mean.get, vector.sub];
    const store = (pointer: Local, { v, count }: LoopVector): Code => [
      [pointer.get, loop.offset.get, i32.add, to.set],
      storeLanes(to, { float, value, offset: v * 16, count }),
    ];
    const body = [
      sumLanes(sums, loop, (v) => load(x, v)),
      [sums.sum.get, vector.const(cols), vector.div, mean.set],
      sumLanes(sums, loop, (v) => [centred(v), value.tee, value.get, vector.mul]),
      [vector.const(1), sums.sum.get, vector.const(cols), vector.div, epsilon.get, vector.splat, vector.add],
      [vector.sqrt, vector.div, inverses.set],
      storeLanes(inverse, { float, value: inverses, offset: 0, count: 1 }),
      eachVector(loop, (at) => [
        [centred(at.v), inverses.get, vector.mul, value.set, store(normalized, at)],
        [load(gamma, at.v), value.get, vector.mul, load(beta, at.v), vector.add, value.set, store(out, at)],
      ]),
      [x, normalized, out].map((pointer) => advance(pointer, cols * size)),
      advance(inverse, size),
    ];
    return countUp(row, { step: 1, limit: i32.const(rows), body });
  });
  return module;
}

/**
 * Builds a module whose `run(dy, gamma, normalized, inverseDeviation, out)` is its gradient with respect to x; those of
 * gamma and beta are the same as for batch normalization.
 */
export function buildLayerNormGradient({ rows, cols }: NormShape, float: Float): ModuleBuilder {
  const module = createModule();
  const { size, vector } = float;
  module.add({ params: Array(5).fill(I32), name: "run" }, (f) => {
    const [dy, gamma, normalized, inverse, out] = f.params;
    const [row, to] = [f.local(I32), f.local(I32)];
    const loop = { cols, counter: f.local(I32), offset: f.local(I32), float };
    const [sum, spread, second, scale, value] = Array.from({ length: 5 }, () => f.local(V128));
    const load = (pointer: Local, v: number) => [pointer.get, loop.offset.get, i32.add, v128.load(v * 16)];
    const scaled = (v: number) => [load(dy, v), load(gamma, v), vector.mul];
    const body = [
      sumLanes({ sum, second }, loop, scaled),
      sumLanes({ sum: spread, second }, loop, (v) => [scaled(v), load(normalized, v), vector.mul]),
      [inverse.get, vector.loadSplat(), vector.const(cols), vector.div, scale.set],
      eachVector(loop, ({ v, count }) => [
        [scale.get, vector.const(cols), scaled(v), vector.mul, sum.get, vector.sub],
        [load(normalized, v), spread.get, vector.mul, vector.sub, vector.mul, value.set],
        [out.get, loop.offset.get, i32.add, to.set, storeLanes(to, { float, value, offset: v * 16, count })],
      ]),
      [dy, normalized, out].map((pointer) => advance(pointer, cols * size)),
      advance(inverse, size),
    ];
    return countUp(row, { step: 1, limit: i32.const(rows), body });
  });
  return module;
}

interface VectorLoop {
  readonly cols: number;
  readonly counter: Local;
  /** Bytes from the start of the row. */
  readonly offset: Local;
  readonly float: Float;
}

/** One vector of four columns. */
interface LoopVector {
  /** Number of the vector in its four columns. */
  readonly v: number;
  /** Lanes that there are; may be more than a vector has. */
  readonly count: number;
}

/** Runs along a row four columns at a time, vector by vector. */
function eachVector(
  { cols, counter, offset, float: { lanes, size } }: VectorLoop,
  body: (at: LoopVector) => Code,
): Code {
  const rest = cols % 4;
  const full = cols - rest;
  const four = (columns: number): Code =>
    Array.from({ length: Math.ceil(columns / lanes) }, (_, v) => body({ v, count: columns - v * lanes }));
  const loop = countUp(counter, {
    step: 4,
    limit: i32.const(full),
    body: [four(4), advance(offset, 4 * size)],
  });
  return [
    [i32.const(0), counter.set, i32.const(0), offset.set],
    full === 0 ? [] : loop,
    rest === 0 ? [] : four(rest),
  ];
}

interface LaneSums {
  /** Holds the first partial sums, and in the end the whole sum. */
  readonly sum: Local;
  /** Holds the third and fourth partial sum where a vector has two lanes. */
  readonly second: Local;
}

/** Leaves in every lane of `sum` the sum of a row's terms: four partial sums, and then `(s0 + s1) + (s2 + s3)`. */
function sumLanes({ sum, second }: LaneSums, loop: VectorLoop, term: (v: number) => Code): Code {
  const { vector, lanes, size } = loop.float;
  // Sums of neighbours, and of pairs: each lane adds the same two numbers, in either order.
  const fold = (value: Local, order: readonly number[]): Code => [
    [
      value.get,
      value.get,
      value.get,
      i8x16.shuffle(order.flatMap((lane) => Array.from({ length: size }, (_, byte) => lane * size + byte))),
    ],
    [vector.add, value.set],
  ];
  const partial = [sum, second].slice(0, 4 / lanes);
  return [
    partial.map((value) => [vector.const(0), value.set]),
    eachVector(loop, ({ v, count }) => [
      [partial[v].get, term(v), keepLanes(count, loop.float), vector.add, partial[v].set],
    ]),
    lanes === 4
      ? [fold(sum, [1, 0, 3, 2]), fold(sum, [2, 3, 0, 1])]
      : [fold(sum, [1, 0]), fold(second, [1, 0]), sum.get, second.get, vector.add, sum.set],
  ];
}
