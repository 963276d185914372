import { GELU_TANH, LEAKY_SLOPE, type SmoothActivation } from "../../contract/activation_kernels.ts";
import { NORMAL_LIMIT } from "../../../core/numbers/normal_cdf.ts";
import { SIGMOID_LIMIT } from "../../../core/numbers/sigmoid.ts";
import { createModule, type FunctionBuilder, type ModuleBuilder } from "../emit/assembler.ts";
import { advance, repeat } from "../emit/control.ts";
import { after, at, I32, type Local, type Place, set, tee, V128, type Value } from "../emit/expression.ts";
import { type Float, FLOATS } from "../emit/float.ts";
import { f32x4, f64x2, i32, v128 } from "../emit/instructions.ts";
import {
  addNormal,
  addSigmoid,
  addTanh,
  clamped,
  pick,
  type VectorFunction,
} from "./activation_functions.ts";

const { add, sub, mul, lt, gt, const: constant } = FLOATS.float64.vector;

/** Builds a module whose `run(x, out, byteLength)` applies an activation to every element. */
export function buildActivation(name: SmoothActivation, float: Float): ModuleBuilder {
  const module = createModule();
  const value = FUNCTIONS[name].value(module);
  module.procedure({ name: "run", params: { x: I32, out: I32, byteLength: I32 } }, (params, f) => {
    const { x, out, byteLength } = params;
    const pair = f.local(V128);
    const end = f.local(I32);
    return [
      set(end, i32.add(out, byteLength)),
      repeat(
        [
          set(pair, loadPair(at(x), float)),
          storePair(at(out), { float, value: value(pair, f) }),
          [advance(x, 2 * float.size), advance(out, 2 * float.size)],
        ],
        i32.ltU(out, end),
      ),
      float.scalar.store(end, float.scalar.const(0)),
    ];
  });
  return module;
}

/** Builds a module whose `run(kept, dy, out, byteLength)` multiplies gradients by an activation's derivative. */
export function buildActivationGradient(name: SmoothActivation, float: Float): ModuleBuilder {
  const module = createModule();
  const slope = FUNCTIONS[name].slope(module);
  const params = { kept: I32, dy: I32, out: I32, byteLength: I32 };
  module.procedure({ name: "run", params }, ({ kept, dy, out, byteLength }, f) => {
    const pair = f.local(V128);
    const end = f.local(I32);
    return [
      set(end, i32.add(out, byteLength)),
      repeat(
        [
          set(pair, loadPair(at(kept), float)),
          storePair(at(out), { float, value: mul(loadPair(at(dy), float), slope(pair, f)) }),
          [kept, dy, out].map((pointer) => advance(pointer, 2 * float.size)),
        ],
        i32.ltU(out, end),
      ),
      float.scalar.store(end, float.scalar.const(0)),
    ];
  });
  return module;
}

/** Loads two numbers as float64. */
function loadPair(from: Place, { size }: Float): Value<V128> {
  return size === 8 ? v128.load(from) : f64x2.fromF32Low(v128.load64Splat(from));
}

interface StoredPair {
  readonly float: Float;
  readonly value: Value<V128>;
}

/** Rounds two float64 and stores them; of an odd number of elements, the loop's end clears what lies behind the last. */
function storePair(to: Place, { float: { size }, value }: StoredPair) {
  return size === 8
    ? v128.store(to, value)
    : v128.storeLane64(to, { value: f32x4.fromF64Zero(value), lane: 0 });
}

/** Code that computes a function of two numbers. */
type PairFunction = (pair: Local<V128>, f: FunctionBuilder) => Value<V128>;

/** Adds to a module what a function and its derivative call. */
interface VectorActivation {
  readonly value: (module: ModuleBuilder) => PairFunction;
  readonly slope: (module: ModuleBuilder) => PairFunction;
}

const ONE = constant(1);

/** The formulas of `activation_kernels.ts`. */
const FUNCTIONS: Readonly<Record<SmoothActivation, VectorActivation>> = {
  leakyRelu: {
    value: () => (x) => pick(lt(x, constant(0)), { then: mul(constant(LEAKY_SLOPE), x), otherwise: x }),
    slope: () => (y) => pick(gt(y, constant(0)), { then: ONE, otherwise: constant(LEAKY_SLOPE) }),
  },
  gelu: {
    value(module) {
      const { cdf, gaussian } = addNormal(module);
      return (x, f) => {
        const e = f.local(V128);
        return after(set(e, gaussian(x)), mul(x, cdf(x, e)));
      };
    },
    slope(module) {
      const { cdf, gaussian, density } = addNormal(module);
      return (x, f) => {
        const e = f.local(V128);
        return after(set(e, gaussian(x)), add(cdf(x, e), mul(clamped(x, NORMAL_LIMIT), density(e))));
      };
    },
  },
  geluTanh: {
    value(module) {
      const sigmoid = addSigmoid(module);
      return (x) => mul(x, sigmoid(twiceInner(x)));
    },
    slope(module) {
      const sigmoid = addSigmoid(module);
      return (x, f) => {
        const [c, s] = f.list(2, V128);
        const bent = mul(c, mul(s, sub(ONE, s)));
        const inner = add(constant(GELU_TANH.a), mul(constant(GELU_TANH.b3), mul(c, c)));
        return after(
          [set(c, clamped(x, GELU_TANH.limit)), set(s, sigmoid(twiceInner(c)))],
          add(s, mul(bent, inner)),
        );
      };
    },
  },
  silu: {
    value(module) {
      const sigmoid = addSigmoid(module);
      return (x) => mul(x, sigmoid(x));
    },
    slope(module) {
      const sigmoid = addSigmoid(module);
      return (x, f) => {
        const s = f.local(V128);
        return mul(tee(s, sigmoid(x)), add(ONE, mul(clamped(x, SIGMOID_LIMIT), sub(ONE, s))));
      };
    },
  },
  tanh: { value: addFunction(addTanh), slope: () => (y) => mul(sub(ONE, y), add(ONE, y)) },
  sigmoid: { value: addFunction(addSigmoid), slope: () => (y) => mul(y, sub(ONE, y)) },
};

function addFunction(add: (module: ModuleBuilder) => VectorFunction): VectorActivation["value"] {
  return (module) => {
    const call = add(module);
    return (x) => call(x);
  };
}

/** Twice the number whose hyperbolic tangent geluTanh takes. */
function twiceInner(x: Local<V128>): Value<V128> {
  return mul(x, add(constant(GELU_TANH.a), mul(constant(GELU_TANH.b), mul(x, x))));
}
