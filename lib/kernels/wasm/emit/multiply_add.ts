import type { ModuleBuilder } from "./assembler.ts";
import type { Code } from "./code.ts";
import { when } from "./control.ts";
import { after, type Local, set, tee, V128, type Value } from "./expression.ts";
import { f32x4, f64x2, i64x2, v128 } from "./instructions.ts";
import { highHalf, shuffleLanes } from "./lanes.ts";

/**
 * How a product's kernels compute `a * b + c` on a vector: on float32 "fused" or "emulated", rounded once; on float64
 * "separate", the product rounded and then the sum.
 */
export type MultiplyAdd = "fused" | "emulated" | "separate";

/** Emits code for one step of a product's chain: `sum = a * b + sum`. */
export type EmitMultiplyAdd = (
  step: { readonly a: Local<V128>; readonly b: Local<V128>; readonly sum: Local<V128> },
) => Code;

/**
 * Returns the emitter of a module's multiply-adds.
 *
 * "fused" is one relaxed instruction, which a machine may or may not fuse: it must have been probed. "emulated" is
 * exact on every machine; so is "separate".
 */
export function multiplyAddEmitter(module: ModuleBuilder, kind: MultiplyAdd): EmitMultiplyAdd {
  if (kind === "fused") return ({ a, b, sum }) => set(sum, f32x4.relaxedMadd({ a, b, c: sum }));
  if (kind === "separate") return ({ a, b, sum }) => set(sum, f64x2.add(sum, f64x2.mul(a, b)));
  const emulated = addEmulation(module);
  return ({ a, b, sum }) => set(sum, emulated({ a, b, c: sum }));
}

const { add, sub, mul, gt, eq, ne } = f64x2;
const toFloat32 = f32x4.fromF64Zero;
const toFloat64 = f64x2.fromF32Low;

/**
 * Adds a function of three vectors that computes what `fused_multiply_add.ts` does, two lanes at a time in float64.
 */
function addEmulation(module: ModuleBuilder) {
  const roundToOdd = addRoundToOdd(module);
  return module.function({ params: { a: V128, b: V128, c: V128 }, result: V128 }, ({ a, b, c }, f) => {
    const sums = f.list(2, V128);
    const rounded = f.list(2, V128);
    const { halfway, rest, mirrored, zero } = f.locals({
      halfway: V128,
      rest: V128,
      mirrored: V128,
      zero: V128,
    });
    const half = (value: Local<V128>, i: number) => toFloat64(i === 0 ? value : highHalf(value));
    const product = (i: number) => mul(half(a, i), half(b, i));
    const isFloat32 = (value: Value<V128>) => eq(toFloat64(toFloat32(value)), value);
    const halves = [0, 1].map((i) => [
      set(rounded[i], toFloat32(tee(sums[i], add(product(i), half(c, i))))),
      set(rest, sub(sums[i], toFloat64(rounded[i]))),
      set(mirrored, add(sums[i], rest)),
      set(halfway, v128.or(v128.and(isFloat32(mirrored), ne(rest, zero)), halfway)),
    ]);
    const exact = [0, 1].map((i) => set(rounded[i], roundToOdd({ product: product(i), c: half(c, i) })));
    return after(
      [halves, when(v128.anyTrue(halfway), exact)],
      shuffleLanes([rounded[0], rounded[1]], { size: 8, lanes: [0, 2] }),
    );
  });
}

/** Adds a function that rounds product + c, two float64 lanes, once to float32 by way of rounding to odd. */
function addRoundToOdd(module: ModuleBuilder) {
  return module.function({ params: { product: V128, c: V128 }, result: V128 }, ({ product, c }, f) => {
    const [sum, part, error, away, odd, moves, zero, one] = f.list(8, V128);
    return after(
      [
        set(part, sub(tee(sum, add(product, c)), product)),
        set(error, add(sub(product, sub(sum, part)), sub(c, part))),
        set(one, v128.const([1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])),
        // A lane moves by one unit if its error is a number other than 0 and its last bit is 0.
        set(odd, i64x2.eq(v128.and(sum, one), one)),
        set(moves, v128.andnot(v128.or(gt(error, zero), gt(zero, error)), odd)),
        // Away from zero, the bits count up, else down: an eq of two masks is -1 where they agree.
        set(away, i64x2.eq(gt(error, zero), gt(sum, zero))),
      ],
      toFloat32(v128.bitselect(moves, {
        ones: v128.bitselect(away, { ones: i64x2.add(sum, one), zeros: i64x2.sub(sum, one) }),
        zeros: sum,
      })),
    );
  });
}
