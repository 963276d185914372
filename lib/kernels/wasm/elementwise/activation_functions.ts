import {
  EXP_COEFFICIENTS,
  LN2_HIGH,
  LN2_LOW,
  LOG2_E,
  ROUND_TO_INTEGER,
} from "../../../core/numbers/exp_log.ts";
import {
  INVERSE_ROOT_2PI,
  NORMAL_LIMIT,
  NORMAL_TAIL_COEFFICIENTS,
} from "../../../core/numbers/normal_cdf.ts";
import { SIGMOID_LIMIT } from "../../../core/numbers/sigmoid.ts";
import { TANH_IS_X } from "../../../core/numbers/tanh.ts";
import type { FunctionBuilder, ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import { after, type Local, set, V128, type Value } from "../emit/expression.ts";
import { FLOATS } from "../emit/float.ts";
import { f64, i32, i64x2, v128 } from "../emit/instructions.ts";

const { add, sub, mul, div, lt, gt, splat } = FLOATS.float64.vector;
const constant = (value: number): Value<V128> => splat(f64.const(value));

/** A function of two float64 at once. */
export type VectorFunction = (x: Value<V128>) => Value<V128>;

/** Adds `exp` of `lib/core/numbers/exp_log.ts` to a module, operation by operation, for two numbers at once. */
function addExp(module: ModuleBuilder): VectorFunction {
  return addUnary(module, (x, f) => {
    const { code, p, scale } = reduced(x, f);
    return after(code, mul(add(constant(1), p), scale));
  });
}

/** Adds `expm1` of the same file. */
function addExpm1(module: ModuleBuilder): VectorFunction {
  return addUnary(module, (x, f) => {
    const { code, p, scale } = reduced(x, f);
    return after(code, add(mul(scale, p), sub(scale, constant(1))));
  });
}

/** Adds `sigmoid` of `lib/core/numbers/sigmoid.ts`. */
export function addSigmoid(module: ModuleBuilder): VectorFunction {
  const exp = addExp(module);
  return addUnary(module, (x, f) => {
    const { size, e } = f.locals({ size: V128, e: V128 });
    return after(
      [
        set(size, abs(x)),
        set(e, v128.andnot(exp(sub(constant(-0), size)), gt(size, constant(SIGMOID_LIMIT)))),
      ],
      div(pick(lt(x, constant(0)), { then: e, otherwise: constant(1) }), add(constant(1), e)),
    );
  });
}

/** Adds `tanh` of `lib/core/numbers/tanh.ts`. */
export function addTanh(module: ModuleBuilder): VectorFunction {
  const expm1 = addExpm1(module);
  return addUnary(module, (x, f) => {
    const { size, t } = f.locals({ size: V128, t: V128 });
    const y = div(abs(t), add(t, constant(2)));
    return after(
      [set(size, abs(x)), set(t, expm1(mul(constant(-2), size)))],
      pick(lt(size, constant(TANH_IS_X)), { then: x, otherwise: v128.or(y, v128.and(x, SIGN)) }),
    );
  });
}

/** Functions of the normal distribution. */
export interface NormalFunctions {
  /** `normalCdf` of `lib/core/numbers/normal_cdf.ts`, given x and its gaussian. */
  cdf(x: Local<V128>, gaussian: Local<V128>): Value<V128>;
  /** `exp(-x * x / 2)`, or 0 beyond the limit. */
  readonly gaussian: VectorFunction;
  /** `normalDensity`, given the gaussian of x. */
  density(gaussian: Local<V128>): Value<V128>;
}

/** Adds the functions of `lib/core/numbers/normal_cdf.ts`. */
export function addNormal(module: ModuleBuilder): NormalFunctions {
  const exp = addExp(module);
  const limit = constant(NORMAL_LIMIT);
  const gaussian = addUnary(module, (x, f) => {
    const { size } = f.locals({ size: V128 });
    const power = exp(mul(constant(-0.5), mul(size, size)));
    return after(set(size, abs(x)), v128.andnot(power, gt(size, limit)));
  });
  const params = { x: V128, gaussian: V128 };
  const cdf = module.function({ params, result: V128 }, ({ x, gaussian }, f) => {
    const { z, t, g, tail } = f.locals({ z: V128, t: V128, g: V128, tail: V128 });
    return after(
      [
        set(z, abs(x)),
        set(z, pick(gt(z, limit), { then: limit, otherwise: z })),
        set(t, div(sub(z, constant(5)), add(z, constant(5)))),
        horner(g, { x: t, coefficients: NORMAL_TAIL_COEFFICIENTS }),
        set(tail, mul(gaussian, div(g, add(z, constant(1))))),
      ],
      pick(lt(x, constant(0)), { then: tail, otherwise: sub(constant(1), tail) }),
    );
  });
  return {
    cdf: (x, gaussian) => cdf({ x, gaussian }),
    gaussian,
    density: (gaussian) => mul(gaussian, constant(INVERSE_ROOT_2PI)),
  };
}

/** `x < -limit ? -limit : x > limit ? limit : x`. */
export function clamped(x: Local<V128>, limit: number): Value<V128> {
  const atMost = pick(gt(x, constant(limit)), { then: constant(limit), otherwise: x });
  return pick(lt(x, constant(-limit)), { then: constant(-limit), otherwise: atMost });
}

/** Two vectors. */
export interface VectorAlternatives {
  readonly then: Value<V128>;
  readonly otherwise: Value<V128>;
}

/** Takes the lanes of `then` where a comparison holds. */
export function pick(mask: Value<V128>, { then, otherwise }: VectorAlternatives): Value<V128> {
  return v128.bitselect(mask, { ones: then, zeros: otherwise });
}

type UnaryBody = (x: Local<V128>, f: FunctionBuilder) => Value<V128>;

function addUnary(module: ModuleBuilder, body: UnaryBody): VectorFunction {
  const call = module.function({ params: { x: V128 }, result: V128 }, ({ x }, f) => body(x, f));
  return (x) => call({ x });
}

/** The steps that `exp` and `expm1` share: after the code, the result is `(1 + p) * scale`, less 1 for the second. */
interface Reduced {
  readonly code: Code;
  readonly p: Value<V128>;
  readonly scale: Value<V128>;
}

function reduced(x: Local<V128>, f: FunctionBuilder): Reduced {
  const { shifted, k, high, low, r, q } = f.locals({
    ...{ shifted: V128, k: V128, high: V128, low: V128, r: V128, q: V128 },
  });
  return {
    code: [
      set(x, pick(lt(x, constant(-708)), { then: constant(-708), otherwise: x })),
      set(x, pick(gt(x, constant(709)), { then: constant(709), otherwise: x })),
      set(shifted, add(mul(x, constant(LOG2_E)), constant(ROUND_TO_INTEGER))),
      set(k, sub(shifted, constant(ROUND_TO_INTEGER))),
      set(high, sub(x, mul(k, constant(LN2_HIGH)))),
      set(low, mul(k, constant(LN2_LOW))),
      set(r, sub(high, low)),
      horner(q, { x: r, coefficients: EXP_COEFFICIENTS }),
    ],
    p: add(high, sub(mul(mul(r, r), q), low)),
    // The low bits of the shifted number are k, which the exponent has behind its bias. NaN stays NaN in p.
    scale: i64x2.add(i64x2.shl(shifted, i32.const(52)), constant(1)),
  };
}

/** Leaves a polynomial's value in `sum`, by Horner's rule from the last coefficient to the first. */
function horner(
  sum: Local<V128>,
  { x, coefficients }: { readonly x: Local<V128>; readonly coefficients: readonly number[] },
): Code {
  const [last, ...others] = coefficients.toReversed();
  return [
    set(sum, constant(last)),
    others.map((coefficient) => set(sum, add(mul(sum, x), constant(coefficient)))),
  ];
}

function abs(x: Value<V128>): Value<V128> {
  return v128.andnot(x, SIGN);
}

/** The sign bits. */
const SIGN = constant(-0);
