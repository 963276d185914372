import type { DType } from "../../../core/numbers/dtype.ts";
import type { Code } from "./code.ts";
import { F32, F64, type I32, type Place, type V128, type Value } from "./expression.ts";
import { f32, f32x4, f64, f64x2, type Lane, v128 } from "./instructions.ts";

/** The type of one number of a dtype. */
export type FloatType = F32 | F64;

/** How the kernels hold numbers of a dtype and compute with them, by vectors of 128 bits and one at a time. */
export interface Float {
  readonly dtype: DType;
  /** Bytes a number takes. */
  readonly size: 4 | 8;
  /** Numbers a vector holds. */
  readonly lanes: 4 | 2;
  /** The type of one number. */
  readonly type: FloatType;
  readonly vector: VectorOperations;
  readonly scalar: ScalarOperations;
}

/** Operations on vectors, lane by lane. */
export interface VectorOperations {
  /** One number in every lane. */
  splat(value: Value<FloatType>): Value<V128>;
  /** A constant in every lane. */
  const(value: number): Value<V128>;
  /** A number of memory in every lane. */
  loadSplat(from: Place): Value<V128>;
  storeLane(to: Place, lane: Lane): Code;
  /** All bits of a lane 1 if the left is below the right, else 0. */
  lt(left: Value<V128>, right: Value<V128>): Value<V128>;
  gt(left: Value<V128>, right: Value<V128>): Value<V128>;
  sqrt(value: Value<V128>): Value<V128>;
  add(left: Value<V128>, right: Value<V128>): Value<V128>;
  sub(left: Value<V128>, right: Value<V128>): Value<V128>;
  mul(left: Value<V128>, right: Value<V128>): Value<V128>;
  div(left: Value<V128>, right: Value<V128>): Value<V128>;
}

/** Operations on one number. */
export interface ScalarOperations {
  const(value: number): Value<FloatType>;
  load(from: Value<I32>): Value<FloatType>;
  store(to: Value<I32>, value: Value<FloatType>): Code;
  gt(left: Value<FloatType>, right: Value<FloatType>): Value<I32>;
  /** Makes a float64 of it. */
  toF64(value: Value<FloatType>): Value<F64>;
  /** Rounds a float64 to it. */
  fromF64(value: Value<F64>): Value<FloatType>;
}

const asItIs = (value: Value<F64>): Value<F64> => value;

/** The dtypes in WebAssembly. */
export const FLOATS: Readonly<Record<DType, Float>> = {
  float32: {
    dtype: "float32",
    size: 4,
    lanes: 4,
    type: F32,
    vector: {
      ...f32x4,
      const: (value) => v128.const([...new Uint8Array(Float32Array.of(value, value, value, value).buffer)]),
      loadSplat: v128.load32Splat,
      storeLane: v128.storeLane32,
    },
    scalar: { ...f32, toF64: f64.fromF32 },
  },
  float64: {
    dtype: "float64",
    size: 8,
    lanes: 2,
    type: F64,
    vector: {
      ...f64x2,
      const: (value) => v128.const([...new Uint8Array(Float64Array.of(value, value).buffer)]),
      loadSplat: v128.load64Splat,
      storeLane: v128.storeLane64,
    },
    scalar: { ...f64, toF64: asItIs, fromF64: asItIs },
  },
};
