import type { Operation } from "./operation.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Activation functions other than ReLU, element by element.
 *
 * Each is computed in float64, operation by operation as written, and rounded to the dtype once at the end. `sigmoid`,
 * `tanh`, `normalCdf` and `normalDensity` are those of `lib/core/numbers`; `clamp(x, limit)` is
 * `x < -limit ? -limit : x > limit ? limit : x`.
 *
 * In float32 nearly every result is the float32 nearest to the exact one, and the others are within 0.500001 units in the
 * last place, those of the derivative of gelu within 0.5004; the README of `lib/kernels` has the numbers, measured by
 * `tests/golden/measure_activations.ts`.
 */
export interface ActivationKernels {
  /**
   * `out = round(f(x))`. `out` may be `x`.
   *
   * - leakyRelu: `x < 0 ? 0.01 * x : x`
   * - gelu: `x * normalCdf(x)`
   * - geluTanh: `x * sigmoid(x * (a + b * (x * x)))`, a = 1.5957691216057308 and b = 0.07135481627260025, which is
   *   `0.5 * x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))` without its cancellation
   * - silu: `x * sigmoid(x)`
   * - tanh: `tanh(x)`
   * - sigmoid: `sigmoid(x)`
   *
   * NaN stays NaN. All but sigmoid keep the sign of a zero. At Infinity, tanh and sigmoid are 1 and the others Infinity;
   * at -Infinity, tanh is -1, sigmoid 0, leakyRelu -Infinity, and gelu, geluTanh and silu are NaN, the product of
   * -Infinity and 0, so that an overflow stays visible.
   */
  activation(tensors: ActivationTensors): Operation;

  /**
   * `out = round(dy * f'(kept))`, where `kept` is the input or the output of the activation, as {@link KEPT} has it.
   * `out` may be `dy`.
   *
   * - leakyRelu: `y > 0 ? 1 : 0.01`
   * - gelu: `normalCdf(x) + c * normalDensity(x)`, c = clamp(x, 37.5)
   * - geluTanh: `s + (c * (s * (1 - s))) * (a + 3b * (c * c))`, c = clamp(x, 64), s = `sigmoid(c * (a + b * (c * c)))`,
   *   3b = 0.21406444881780073
   * - silu: `s * (1 + c * (1 - s))`, c = clamp(x, 708), s = sigmoid(x)
   * - tanh: `(1 - y) * (1 + y)`
   * - sigmoid: `y * (1 - y)`
   *
   * At the infinities these are their limits, 0, 1 or 0.01. A NaN that was kept gives NaN, for leakyRelu `0.01 * dy`.
   */
  activationGradient(tensors: ActivationGradientTensors): Operation;
}

/** An activation function that has no kernels of its own, as ReLU has. */
export type SmoothActivation = keyof typeof KEPT;

/** The part of each activation that its gradient is computed from. */
export const KEPT = {
  leakyRelu: "output",
  gelu: "input",
  geluTanh: "input",
  silu: "input",
  tanh: "output",
  sigmoid: "output",
} as const satisfies Readonly<Record<string, "input" | "output">>;

/** The slope of leakyRelu below 0. */
export const LEAKY_SLOPE = 0.01;

/** The numbers of geluTanh, from `2 * sqrt(2 / pi) * (x + 0.044715 * x^3)`, its derivative, and where that is constant. */
export const GELU_TANH = {
  a: 1.5957691216057308,
  b: 0.07135481627260025,
  b3: 0.21406444881780073,
  limit: 64,
};

export interface ActivationTensors {
  readonly name: SmoothActivation;
  /** `[n, features]` */
  readonly x: Tensor;
  /** `[n, features]` */
  readonly out: Tensor;
}

export interface ActivationGradientTensors {
  readonly name: SmoothActivation;
  /** The input or the output of the activation, `[n, features]`. */
  readonly kept: Tensor;
  /** `[n, features]` */
  readonly dy: Tensor;
  /** `[n, features]` */
  readonly out: Tensor;
}
