import { expm1 } from "./exp_log.ts";

/**
 * Returns the hyperbolic tangent of x, the same bits on every engine, with a relative error below 2^-51.
 *
 * With `t = expm1(-2 * |x|)` it is `|t| / (t + 2)` with the sign of x; below 2^-28 in size it is x itself, so that -0 stays.
 * NaN stays NaN; the infinities give -1 and 1.
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size < TANH_IS_X) return x;
  const t = expm1(-2 * size);
  const y = Math.abs(t) / (t + 2);
  return x < 0 ? -y : y;
}

/** Below this size, 2^-28, the hyperbolic tangent of x is x to the last bit or the one before. */
export const TANH_IS_X = 3.725290298461914e-9;
