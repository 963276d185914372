import { log } from "../../core/numbers/exp_log.ts";

/**
 * Returns ln(1 + x), NaN unless x is above -1, the same bits on every engine, with a relative error of a few units in the last place.
 *
 * Source: Goldberg (1991), "What every computer scientist should know about floating-point arithmetic", theorem 4.
 */
export function log1p(x: number): number {
  const u = 1 + x;
  if (u === 1) return x;
  if (!(u > 0)) return NaN;
  return u === Infinity ? Infinity : log(u) * x / (u - 1);
}
