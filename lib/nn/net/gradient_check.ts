/** Options of {@link gradientCheck}. */
export interface GradientCheckOptions {
  /** Computes the loss from the current `values`. */
  readonly loss: () => number;
  /**
   * The values that the loss depends on; each is changed and restored. They are float64, since differences in float32
   * are lost in rounding.
   */
  readonly values: Float64Array;
  /** The gradient to check, one number per value. It is copied first, so that `loss` may overwrite its memory. */
  readonly gradient: ArrayLike<number>;
  /** Distance by which a value is changed in each direction. Default: 1e-5. */
  readonly stepSize?: number;
}

/** The value where a gradient and its differences disagree most. */
export interface GradientCheckResult {
  /** `|analytic - numeric| / max(1e-8, |analytic| + |numeric|)` at the worst value. */
  readonly maxRelativeError: number;
  /** Position of the worst value. */
  readonly index: number;
  /** The gradient there. */
  readonly analytic: number;
  /** The central difference there. */
  readonly numeric: number;
}

/**
 * Compares a gradient with central differences of the loss, `(loss(v + h) - loss(v - h)) / (2 h)`.
 *
 * A correct gradient of a smooth loss in float64 gives a relative error below 1e-6; at a kink of ReLU the two may
 * disagree. The error measure is that of cs231n.
 *
 * @throws {RangeError} If gradient and values differ in length.
 *
 * @example
 * ```ts
 * import { gradientCheck } from "@seedbed/seedbed";
 * import { assert } from "@std/assert";
 *
 * const values = Float64Array.of(1, -2, 3);
 * const loss = () => values.reduce((sum, value) => sum + value * value, 0);
 * const { maxRelativeError } = gradientCheck({ loss, values, gradient: [2, -4, 6] });
 * assert(maxRelativeError < 1e-8);
 * ```
 */
export function gradientCheck(options: GradientCheckOptions): GradientCheckResult {
  const { loss, values, stepSize = 1e-5 } = options;
  const gradient = Float64Array.from(options.gradient);
  if (gradient.length !== values.length) {
    throw new RangeError(
      `Cannot check a gradient: it must have one number per value, found ${gradient.length} for ${values.length}`,
    );
  }
  let worst: GradientCheckResult = {
    maxRelativeError: 0,
    index: 0,
    analytic: gradient[0],
    numeric: gradient[0],
  };
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    values[index] = value + stepSize;
    const above = loss();
    values[index] = value - stepSize;
    const below = loss();
    values[index] = value;
    const numeric = (above - below) / (2 * stepSize);
    const analytic = gradient[index];
    const error = Math.abs(analytic - numeric) / Math.max(1e-8, Math.abs(analytic) + Math.abs(numeric));
    // Negated, so that NaN counts as an error too.
    if (!(error <= worst.maxRelativeError)) worst = { maxRelativeError: error, index, analytic, numeric };
    if (error !== error) return worst;
  }
  return worst;
}
