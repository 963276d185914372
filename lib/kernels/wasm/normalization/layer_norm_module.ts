import { createModule, type FunctionBuilder, type ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import { advance, countUp } from "../emit/control.ts";
import { at, I32, type Local, set, tee, V128, type Value } from "../emit/expression.ts";
import type { Float } from "../emit/float.ts";
import { i32 } from "../emit/instructions.ts";
import { shuffleLanes, storeLanes } from "../emit/lanes.ts";
import { eachVector, type LoopVector } from "../emit/vector_loop.ts";
import type { NormShape } from "./batch_norm_module.ts";

/** Builds a module whose `run` normalizes rows by their own statistics. */
export function buildLayerNorm({ rows, cols }: NormShape, float: Float): ModuleBuilder {
  const module = createModule();
  const { type, size, vector: { add, sub, mul, div, sqrt, splat, const: constant } } = float;
  const tensors = { x: I32, gamma: I32, beta: I32, normalized: I32, inverseDeviation: I32, out: I32 };
  module.procedure({ name: "run", params: { ...tensors, epsilon: type } }, (params, f) => {
    const { x, gamma, beta, normalized, inverseDeviation, out, epsilon } = params;
    const count = f.local(I32);
    const row = rowOf(f, { cols, float });
    const sums = { sum: f.local(V128), second: f.local(V128) };
    const { sum } = sums;
    const { mean, inverse, value } = f.locals({ mean: V128, inverse: V128, value: V128 });
    const centred = (v: LoopVector) => sub(v.load(x), mean);
    const body = [
      sumRow(row, { ...sums, term: ({ load }) => load(x) }),
      set(mean, div(sum, constant(cols))),
      sumRow(row, { ...sums, term: (v) => mul(tee(value, centred(v)), value) }),
      set(inverse, div(constant(1), sqrt(add(div(sum, constant(cols)), splat(epsilon))))),
      storeLanes(at(inverseDeviation), { float, value: inverse, count: 1 }),
      alongRow(row, (v) => [
        [set(value, mul(centred(v), inverse)), v.store(normalized, value)],
        [set(value, add(mul(v.load(gamma), value), v.load(beta))), v.store(out, value)],
      ]),
      [x, normalized, out].map((pointer) => advance(pointer, cols * size)),
      advance(inverseDeviation, size),
    ];
    return countUp(count, { step: 1, limit: i32.const(rows), body });
  });
  return module;
}

/**
 * Builds a module whose `run` computes the gradient with respect to x; those of gamma and beta are the same as for batch
 * normalization.
 */
export function buildLayerNormGradient({ rows, cols }: NormShape, float: Float): ModuleBuilder {
  const module = createModule();
  const { size, vector: { sub, mul, div, loadSplat, const: constant } } = float;
  const params = { dy: I32, gamma: I32, normalized: I32, inverseDeviation: I32, out: I32 };
  module.procedure({ name: "run", params }, ({ dy, gamma, normalized, inverseDeviation, out }, f) => {
    const count = f.local(I32);
    const row = rowOf(f, { cols, float });
    const [sum, spread, second, scale, value] = f.list(5, V128);
    const scaled = ({ load }: LoopVector) => mul(load(dy), load(gamma));
    const body = [
      sumRow(row, { sum, second, term: scaled }),
      sumRow(row, { sum: spread, second, term: (v) => mul(scaled(v), v.load(normalized)) }),
      set(scale, div(loadSplat(at(inverseDeviation)), constant(cols))),
      alongRow(row, (v) => [
        set(
          value,
          mul(scale, sub(sub(mul(constant(cols), scaled(v)), sum), mul(v.load(normalized), spread))),
        ),
        v.store(out, value),
      ]),
      [dy, normalized, out].map((pointer) => advance(pointer, cols * size)),
      advance(inverseDeviation, size),
    ];
    return countUp(count, { step: 1, limit: i32.const(rows), body });
  });
  return module;
}

/** One row, handled four columns at a time. */
interface Row {
  readonly cols: number;
  readonly float: Float;
  /** Where a vector is stored. */
  readonly to: Local<I32>;
  readonly counter: Local<I32>;
  /** Bytes from the start of the row. */
  readonly offset: Local<I32>;
}

function rowOf(f: FunctionBuilder, { cols, float }: Pick<Row, "cols" | "float">): Row {
  return { cols, float, ...f.locals({ to: I32, counter: I32, offset: I32 }) };
}

/** Runs along the row, vector by vector; addresses are those of the row. */
function alongRow({ cols, float, to, counter, offset }: Row, body: (vector: LoopVector) => Code): Code {
  const loop = { float, length: cols, step: 4, counter, next: advance(offset, 4 * float.size) };
  return [
    [set(counter, i32.const(0)), set(offset, i32.const(0))],
    eachVector(loop, (vector) =>
      body({
        ...vector,
        load: (row) => vector.load(i32.add(row, offset)),
        store: (row, value) => [set(to, i32.add(row, offset)), vector.store(to, value)],
      })),
  ];
}

interface RowSum {
  /** Holds the first partial sums, and in the end the whole sum. */
  readonly sum: Local<V128>;
  /** Holds the third and fourth partial sum where a vector has two lanes. */
  readonly second: Local<V128>;
  readonly term: (vector: LoopVector) => Value<V128>;
}

/** Leaves in every lane of `sum` the sum of a row's terms: four partial sums, and then `(s0 + s1) + (s2 + s3)`. */
function sumRow(row: Row, { sum, second, term }: RowSum): Code {
  const { vector: { add, const: constant }, lanes, size } = row.float;
  // Sums of neighbours, and of pairs: each lane adds the same two numbers, in either order.
  const fold = (value: Local<V128>, order: readonly number[]) =>
    set(value, add(value, shuffleLanes([value, value], { size, lanes: order })));
  const partial = [sum, second].slice(0, 4 / lanes);
  return [
    partial.map((value) => set(value, constant(0))),
    alongRow(row, (v) => set(partial[v.index], add(partial[v.index], v.keep(term(v))))),
    lanes === 4
      ? [fold(sum, [1, 0, 3, 2]), fold(sum, [2, 3, 0, 1])]
      : [fold(sum, [1, 0]), fold(second, [1, 0]), set(sum, add(sum, second))],
  ];
}
