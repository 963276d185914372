import { InputError } from "../../core/check/errors.ts";
import type { DType } from "../../core/numbers/dtype.ts";

/** Returns zeros that workers share, `[length]`. */
export function sharedFloats(length: number, dtype: DType = "float32"): Float32Array | Float64Array {
  return dtype === "float32"
    ? new Float32Array(sharedBuffer(4 * length))
    : new Float64Array(sharedBuffer(8 * length));
}

/** Returns zeros that workers share, `[length]`. */
export function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(sharedBuffer(length));
}

/** Returns labels that workers share, a copy of those given. */
export function sharedLabels(labels: ArrayLike<number>): Int32Array {
  const shared = new Int32Array(sharedBuffer(4 * labels.length));
  shared.set(labels);
  return shared;
}

function sharedBuffer(bytes: number): SharedArrayBuffer {
  try {
    return new SharedArrayBuffer(bytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(
      `Cannot use data: a split takes ${
        Math.ceil(bytes / 1e6)
      } MB, more than this process can allocate; use fewer rows or features`,
    );
  }
}
