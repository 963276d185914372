import { exp } from "./exp_log.ts";

/**
 * Returns `1 / (1 + e^-x)`, the same bits on every engine, with a relative error below 2^-51.
 *
 * With `e = exp(-|x|)` it is `1 / (1 + e)`, or `e / (1 + e)` for an x below 0, so that small results keep their digits.
 * Below -708 it is 0, which is off by less than 1e-307. NaN stays NaN; the infinities give 0 and 1.
 */
export function sigmoid(x: number): number {
  const size = Math.abs(x);
  const e = size > SIGMOID_LIMIT ? 0 : exp(-size);
  return (x < 0 ? e : 1) / (1 + e);
}

/** The size of x from which `exp(-|x|)` counts as 0. */
export const SIGMOID_LIMIT = 708;
