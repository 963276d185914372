import { assert } from "@std/assert";
import type { Parameter } from "../../../lib/nn/layers/layer.ts";
import { gradientCheck } from "../../../lib/nn/net/gradient_check.ts";

/** Asserts that differences of the loss, which also computes the gradients, confirm that of each parameter. */
export function assertGradients(parameters: readonly Parameter[], loss: () => number): void {
  for (const { name, value, gradient } of parameters) {
    // The last difference was taken elsewhere.
    loss();
    const { maxRelativeError } = gradientCheck({
      loss,
      values: value.data as Float64Array,
      gradient: gradient.data,
    });
    assert(maxRelativeError < 1e-6, `${name}: ${maxRelativeError}`);
  }
}
