import type { ModuleBuilder } from "./assembler.ts";
import type { Code } from "./code.ts";
import { call, f32x4, f64x2, i64x2, i8x16, type Local, V128, v128, when } from "./instructions.ts";
import { highHalf } from "./lanes.ts";

/**
 * How a product's kernels compute `a * b + c` on a vector: on float32 "fused" or "emulated", rounded once; on float64
 * "separate", the product rounded and then the sum.
 */
export type MultiplyAdd = "fused" | "emulated" | "separate";

/** Emits code for one step of a product's chain: `sum = a * b + sum`. */
export type EmitMultiplyAdd = (step: { readonly a: Local; readonly b: Local; readonly sum: Local }) => Code;

/**
 * Returns the emitter of a module's multiply-adds.
 *
 * "fused" is one relaxed instruction, which a machine may or may not fuse: it must have been probed. "emulated" is
 * exact on every machine; so is "separate".
 */
export function multiplyAddEmitter(module: ModuleBuilder, kind: MultiplyAdd): EmitMultiplyAdd {
  if (kind === "fused") return ({ a, b, sum }) => [a.get, b.get, sum.get, f32x4.relaxedMadd, sum.set];
  if (kind === "separate") {
    return ({ a, b, sum }) => [sum.get, a.get, b.get, f64x2.mul, f64x2.add, sum.set];
  }
  const emulated = addEmulation(module);
  return ({ a, b, sum }) => [a.get, b.get, sum.get, call(emulated), sum.set];
}

/**
 * Adds a function of three vectors that computes what `fused_multiply_add.ts` does, two lanes at a time in float64.
 */
function addEmulation(module: ModuleBuilder): number {
  const exact = addRoundToOdd(module);
  return module.add({ params: [V128, V128, V128], results: [V128] }, (f) => {
    const [a, b, c] = f.params;
    const sums = [f.local(V128), f.local(V128)];
    const rounded = [f.local(V128), f.local(V128)];
    const halfway = f.local(V128);
    const rest = f.local(V128);
    const mirrored = f.local(V128);
    const zero = f.local(V128);
    const half = (value: Local, i: number): Code => [i === 0 ? value.get : highHalf(value), f64x2.fromF32Low];
    const halves = [0, 1].map((i) => [
      [
        half(a, i),
        half(b, i),
        f64x2.mul,
        half(c, i),
        f64x2.add,
        sums[i].tee,
        f32x4.fromF64Zero,
        rounded[i].set,
      ],
      [sums[i].get, rounded[i].get, f64x2.fromF32Low, f64x2.sub, rest.set],
      [sums[i].get, rest.get, f64x2.add, mirrored.set],
      // Halfway lanes: mirrored is a float32, and the rest is not 0.
      [mirrored.get, f32x4.fromF64Zero, f64x2.fromF32Low, mirrored.get, f64x2.eq],
      [rest.get, zero.get, f64x2.ne, v128.and, halfway.get, v128.or, halfway.set],
    ]);
    return [
      halves,
      when([halfway.get, v128.anyTrue], [
        [0, 1].map((i) => [half(a, i), half(b, i), f64x2.mul, half(c, i), call(exact), rounded[i].set]),
      ]),
      [rounded[0].get, rounded[1].get, i8x16.shuffle(LOW_HALVES)],
    ];
  });
}

/** Adds a function that rounds product + c, two float64 lanes, once to float32 by way of rounding to odd. */
function addRoundToOdd(module: ModuleBuilder): number {
  return module.add({ params: [V128, V128], results: [V128] }, (f) => {
    const [product, c] = f.params;
    const [sum, part, error, away, odd, moves, zero, one] = Array.from({ length: 8 }, () => f.local(V128));
    return [
      [product.get, c.get, f64x2.add, sum.tee, product.get, f64x2.sub, part.set],
      [
        product.get,
        sum.get,
        part.get,
        f64x2.sub,
        f64x2.sub,
        c.get,
        part.get,
        f64x2.sub,
        f64x2.add,
        error.set,
      ],
      [v128.const([1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]), one.set],
      // A lane moves by one unit if its error is a number other than 0 and its last bit is 0.
      [sum.get, one.get, v128.and, one.get, i64x2.eq, odd.set],
      [
        error.get,
        zero.get,
        f64x2.gt,
        zero.get,
        error.get,
        f64x2.gt,
        v128.or,
        odd.get,
        v128.andnot,
        moves.set,
      ],
      // Away from zero, the bits count up, else down: an eq of two masks is -1 where they agree.
      [error.get, zero.get, f64x2.gt, sum.get, zero.get, f64x2.gt, i64x2.eq, away.set],
      [sum.get, one.get, i64x2.add, sum.get, one.get, i64x2.sub, away.get, v128.bitselect],
      [sum.get, moves.get, v128.bitselect, f32x4.fromF64Zero],
    ];
  });
}

const LOW_HALVES = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
