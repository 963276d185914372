import { exp } from "./exp_log.ts";

/**
 * Returns the probability that a standard normal number is at most x, `Phi(x) = (1 + erf(x / sqrt(2))) / 2`, the same
 * bits on every engine.
 *
 * The relative error is below 2^-50 for every float32 x from -13 on; for other x, whose squares are rounded, it is up to
 * `x * x * 2^-54` larger. Below -37.5 the result is 0, which is off by less than 1e-307. NaN stays NaN; the infinities
 * give 0 and 1.
 *
 * It needs no erf near 0: with z = |x|, the smaller tail is `exp(-z * z / 2) * G(t) / (z + 1)`, G a polynomial in
 * `t = (z - 5) / (z + 5)`, which maps all of the range to [-1, 0.77].
 *
 * Source: the change of variable is that of Shepherd and Laframboise, "Chebyshev approximation of (1 + 2x) exp(x^2)
 * erfc(x) in 0 <= x < infinity", 1981; the coefficients are Seedbed's own Chebyshev fit, made with 60 digits.
 */
export function normalCdf(x: number): number {
  const size = Math.abs(x);
  const z = size > NORMAL_LIMIT ? NORMAL_LIMIT : size;
  const t = (z - 5) / (z + 5);
  let g = NORMAL_TAIL_COEFFICIENTS[22];
  for (let i = 21; i >= 0; i--) g = g * t + NORMAL_TAIL_COEFFICIENTS[i];
  const tail = gaussian(x) * (g / (z + 1));
  return x < 0 ? tail : 1 - tail;
}

/** Returns the density of a standard normal number at x, `exp(-x * x / 2) / sqrt(2 * pi)`; 0 beyond 37.5. */
export function normalDensity(x: number): number {
  return gaussian(x) * INVERSE_ROOT_2PI;
}

/** `exp(-x * x / 2)`, or 0 beyond the limit. */
function gaussian(x: number): number {
  const size = Math.abs(x);
  return size > NORMAL_LIMIT ? 0 : exp(-0.5 * (size * size));
}

/** The size of x from which the tail counts as 0, so that it never leaves the normal numbers. */
export const NORMAL_LIMIT = 37.5;
/** 1 / sqrt(2 * pi). */
export const INVERSE_ROOT_2PI = 0.3989422804014327;

/** Coefficients of `(z + 1) * exp(z * z / 2) * (1 - Phi(z))` in powers of `(z - 5) / (z + 5)`, for z in [0, 37.5]. */
export const NORMAL_TAIL_COEFFICIENTS: readonly number[] = [
  0.46151582985003775,
  -0.09155228183400883,
  0.031030368425963323,
  0.010002352385207134,
  -0.026401042966298634,
  0.024536963244398313,
  -0.01517041540244208,
  0.006522000657081457,
  -0.0016760723489462163,
  7.791685049400502e-06,
  0.00018233420073101903,
  -5.360801183609642e-05,
  -9.896453123845838e-06,
  9.061139288464335e-06,
  -6.901491613292712e-08,
  -1.3099143864183706e-06,
  1.2482637473025692e-07,
  1.98901015229116e-07,
  -2.2069597298085445e-08,
  -3.2087550708129064e-08,
  3.9788601521748356e-10,
  4.05331437885848e-09,
  7.719036626163334e-10,
];
