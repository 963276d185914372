import type { DType } from "../../core/numbers/dtype.ts";
import { fusedMultiplyAdd } from "../contract/fused_multiply_add.ts";
import type { Kernels } from "../contract/kernels.ts";
import { activationTwin } from "./activation_twin.ts";
import type { Arithmetic } from "./arithmetic.ts";
import { elementwiseTwin } from "./elementwise_twin.ts";
import { lossTwin } from "./loss_twin.ts";
import { normalizationTwin } from "./normalization_twin.ts";
import { optimizerTwin } from "./optimizer_twin.ts";
import { productTwin } from "./product_twin.ts";
import { targetLossTwin } from "./target_loss_twin.ts";

/**
 * Makes kernels in plain TypeScript: the specification of every bit, in float32 and float64.
 *
 * They are written to be read, not to be fast.
 */
export function createTwin(dtype: DType): Kernels {
  const arithmetic = ARITHMETIC[dtype];
  const ArrayOf = dtype === "float32" ? Float32Array : Float64Array;
  return {
    dtype,
    tensor: (rows, cols) => ({ rows, cols, data: new ArrayOf(rows * cols) }),
    indices: (length) => ({ length, data: new Int32Array(length) }),
    free() {},
    ...productTwin(arithmetic),
    ...elementwiseTwin(arithmetic),
    ...activationTwin(arithmetic),
    ...lossTwin(arithmetic),
    ...targetLossTwin(arithmetic),
    ...normalizationTwin(arithmetic),
    ...optimizerTwin(arithmetic),
  };
}

const ARITHMETIC: Readonly<Record<DType, Arithmetic>> = {
  float32: { round: Math.fround, multiplyAdd: fusedMultiplyAdd },
  float64: { round: (value) => value, multiplyAdd: (a, b, sum) => sum + a * b },
};
