import type { DType } from "../../../core/numbers/dtype.ts";
import type { Code } from "./code.ts";
import { F32, f32, f32x4, F64, f64, f64x2, v128, type ValueType } from "./instructions.ts";

/** How the kernels hold numbers of a dtype and compute with them, by vectors of 128 bits and one at a time. */
export interface Float {
  readonly dtype: DType;
  /** Bytes a number takes. */
  readonly size: 4 | 8;
  /** Numbers a vector holds. */
  readonly lanes: 4 | 2;
  /** The type of one number. */
  readonly type: ValueType;
  /** Operations on vectors. */
  readonly vector: {
    readonly splat: Code;
    readonly lt: Code;
    readonly gt: Code;
    readonly sqrt: Code;
    readonly add: Code;
    readonly sub: Code;
    readonly mul: Code;
    readonly div: Code;
    /** One number in every lane. */
    readonly const: (value: number) => Code;
    readonly loadSplat: (offset?: number) => Code;
    readonly storeLane: (offset: number, lane: number) => Code;
  };
  /** Operations on one number. */
  readonly scalar: {
    readonly const: (value: number) => Code;
    readonly load: (offset?: number) => Code;
    readonly store: (offset?: number) => Code;
    readonly gt: Code;
    /** Makes a float64 of it. */
    readonly toF64: Code;
    /** Rounds a float64 to it. */
    readonly fromF64: Code;
  };
}

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
    scalar: { ...f64, toF64: [], fromF64: [] },
  },
};
