import { createModule, type ModuleBuilder } from "./assembler.ts";
import { f32x4Const, type NormShape } from "./batch_norm_module.ts";
import type { Code } from "./code.ts";
import { advance, countUp, F32, f32x4, I32, i32, i8x16, type Local, V128, v128 } from "./instructions.ts";
import { keepLanes, storeLanes } from "./lanes.ts";

/**
 * Builds a module whose `run(x, gamma, beta, normalized, inverseDeviation, out, epsilon)` normalizes rows by their own
 * statistics.
 */
export function buildLayerNorm({ rows, cols }: NormShape): ModuleBuilder {
  const module = createModule();
  module.add({ params: [...Array(6).fill(I32), F32], name: "run" }, (f) => {
    const [x, gamma, beta, normalized, inverse, out, epsilon] = f.params;
    const row = f.local(I32);
    const loop = { cols, counter: f.local(I32), offset: f.local(I32) };
    const [mean, inverses, value, sum] = Array.from({ length: 4 }, () => f.local(V128));
    const load = (pointer: Local) => [pointer.get, loop.offset.get, i32.add, v128.load()];
    const centred = [load(x), mean.get, f32x4.sub];
    const to = f.local(I32);
    const store = (pointer: Local, count: number): Code => [
      [pointer.get, loop.offset.get, i32.add, to.set],
      storeLanes(to, { value, offset: 0, count }),
    ];
    const body = [
      sumLanes(sum, loop, () => load(x)),
      [sum.get, f32x4Const(cols), f32x4.div, mean.set],
      sumLanes(sum, loop, () => [centred, value.tee, value.get, f32x4.mul]),
      [f32x4Const(1), sum.get, f32x4Const(cols), f32x4.div, epsilon.get, f32x4.splat, f32x4.add, f32x4.sqrt],
      [f32x4.div, inverses.set, storeLanes(inverse, { value: inverses, offset: 0, count: 1 })],
      eachVector(loop, (count) => [
        [centred, inverses.get, f32x4.mul, value.set, store(normalized, count)],
        [load(gamma), value.get, f32x4.mul, load(beta), f32x4.add, value.set, store(out, count)],
      ]),
      [x, normalized, out].map((pointer) => advance(pointer, cols * 4)),
      advance(inverse, 4),
    ];
    return countUp(row, { step: 1, limit: i32.const(rows), body });
  });
  return module;
}

/**
 * Builds a module whose `run(dy, gamma, normalized, inverseDeviation, out)` is its gradient with respect to x; those of
 * gamma and beta are the same as for batch normalization.
 */
export function buildLayerNormGradient({ rows, cols }: NormShape): ModuleBuilder {
  const module = createModule();
  module.add({ params: Array(5).fill(I32), name: "run" }, (f) => {
    const [dy, gamma, normalized, inverse, out] = f.params;
    const [row, to] = [f.local(I32), f.local(I32)];
    const loop = { cols, counter: f.local(I32), offset: f.local(I32) };
    const [sum, spread, scale, value] = Array.from({ length: 4 }, () => f.local(V128));
    const load = (pointer: Local) => [pointer.get, loop.offset.get, i32.add, v128.load()];
    const scaled = [load(dy), load(gamma), f32x4.mul];
    const body = [
      sumLanes(sum, loop, () => scaled),
      sumLanes(spread, loop, () => [scaled, load(normalized), f32x4.mul]),
      [inverse.get, v128.load32Splat(), f32x4Const(cols), f32x4.div, scale.set],
      eachVector(loop, (count) => [
        [scale.get, f32x4Const(cols), scaled, f32x4.mul, sum.get, f32x4.sub],
        [load(normalized), spread.get, f32x4.mul, f32x4.sub, f32x4.mul, value.set],
        [out.get, loop.offset.get, i32.add, to.set, storeLanes(to, { value, offset: 0, count })],
      ]),
      [dy, normalized, out].map((pointer) => advance(pointer, cols * 4)),
      advance(inverse, 4),
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
}

/** Runs along a row in vectors of four; the body is told how many lanes of its vector there are. */
function eachVector({ cols, counter, offset }: VectorLoop, body: (count: number) => Code): Code {
  const rest = cols % 4;
  const full = cols - rest;
  const loop = countUp(counter, { step: 4, limit: i32.const(full), body: [body(4), advance(offset, 16)] });
  return [
    [i32.const(0), counter.set, i32.const(0), offset.set],
    full === 0 ? [] : loop,
    rest === 0 ? [] : body(rest),
  ];
}

/** Leaves in every lane of `sum` the sum of a row's terms: by four lanes, and then `(s0 + s1) + (s2 + s3)`. */
function sumLanes(sum: Local, loop: VectorLoop, term: () => Code): Code {
  // Sums of neighbours, and of pairs: each lane adds the same two numbers, in either order.
  const fold = (lanes: readonly number[]): Code => [
    [
      sum.get,
      sum.get,
      sum.get,
      i8x16.shuffle(lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte))),
    ],
    [f32x4.add, sum.set],
  ];
  return [
    [f32x4Const(0), sum.set],
    eachVector(loop, (count) => [sum.get, term(), keepLanes(count), f32x4.add, sum.set]),
    fold([1, 0, 3, 2]),
    fold([2, 3, 0, 1]),
  ];
}
