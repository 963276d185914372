import { createModule, type ModuleBuilder } from "../emit/assembler.ts";
import { advance } from "../emit/control.ts";
import { after, F64, I32, type Local, set, tee, V128, type Value } from "../emit/expression.ts";
import type { Float } from "../emit/float.ts";
import { f64, f64x2, v128 } from "../emit/instructions.ts";
import { highHalf } from "../emit/lanes.ts";
import { eachVector } from "../emit/vector_loop.ts";

/** What is added of each element. */
export type SumTerm = "square" | "absolute";

/** Options of {@link buildSum}. */
export interface SumOptions {
  readonly float: Float;
  readonly term: SumTerm;
}

/** Builds a module whose `run` returns the sum of a term of `length` elements, in eight partial sums. */
export function buildSum(length: number, { float, term }: SumOptions): ModuleBuilder {
  const module = createModule();
  module.function({ name: "run", params: { x: I32 }, result: F64 }, ({ x }, f) => {
    const counter = f.local(I32);
    const { element, wide } = f.locals({ element: V128, wide: V128 });
    /** Sums 0 and 1, 2 and 3, 4 and 5, 6 and 7. */
    const pairs = f.list(4, V128);
    const termOf = (two: Value<V128>) =>
      term === "square" ? f64x2.mul(tee(wide, two), wide) : v128.andnot(two, SIGNS);
    const addTerms = (pair: Local<V128>, two: Value<V128>) => set(pair, f64x2.add(termOf(two), pair));
    const loop = { float, length, step: 8, counter, next: advance(x, 8 * float.size) };
    const sums = eachVector(
      loop,
      ({ index, load, keep }) =>
        float.dtype === "float64" ? addTerms(pairs[index], keep(load(x))) : [
          set(element, keep(load(x))),
          addTerms(pairs[2 * index], f64x2.fromF32Low(element)),
          addTerms(pairs[2 * index + 1], f64x2.fromF32Low(highHalf(element))),
        ],
    );
    const [s01, s23, s45, s67] = pairs.map((value) =>
      f64.add(f64x2.extractLane({ value, lane: 0 }), f64x2.extractLane({ value, lane: 1 }))
    );
    return after(sums, f64.add(f64.add(s01, s23), f64.add(s45, s67)));
  });
  return module;
}

/** The sign bits of two numbers of float64. */
const SIGNS = v128.const([...new Uint8Array(Float64Array.of(-0, -0).buffer)]);
