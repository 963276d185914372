import type { DType } from "../core/dtype.ts";

/** Returns zeros that workers share, `[length]`. */
export function sharedFloats(length: number, dtype: DType = "float32"): Float32Array | Float64Array {
  return dtype === "float32"
    ? new Float32Array(new SharedArrayBuffer(4 * length))
    : new Float64Array(new SharedArrayBuffer(8 * length));
}

/** Returns zeros that workers share, `[length]`. */
export function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}

/** Returns labels that workers share, a copy of those given. */
export function sharedLabels(labels: ArrayLike<number>): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(4 * labels.length));
  shared.set(labels);
  return shared;
}
