/**
 * Returns e to the power of x, the same bits on every engine, with a relative error below 2^-51.
 *
 * It uses exactly rounded float64 operations only, unlike `Math.exp`. Rounded to float32 it is the correctly rounded
 * value for every float32 x. x is clamped to [-708, 709], where the result is a normal number; NaN stays NaN.
 *
 * Source: Cody and Waite's reduction by a two-part ln 2, and a minimax polynomial of the remainder.
 */
export function exp(x: number): number {
  if (x !== x) return x;
  const clamped = x < -708 ? -708 : x > 709 ? 709 : x;
  const k = (clamped * LOG2_E + ROUND_TO_INTEGER) - ROUND_TO_INTEGER;
  const high = clamped - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  let q = EXP_COEFFICIENTS[9];
  for (let i = 8; i >= 0; i--) q = q * r + EXP_COEFFICIENTS[i];
  return (1 + (high + ((r * r) * q - low))) * POWERS_OF_TWO[k + 1022];
}

/**
 * Returns e to the power of x, minus 1, with a relative error below 2^-51, also where x is near 0.
 *
 * It is {@link exp} with the 1 taken out: where `exp` is `(1 + p) * 2^k`, this is `2^k * p + (2^k - 1)`. x is clamped as
 * there; NaN stays NaN.
 */
export function expm1(x: number): number {
  if (x !== x) return x;
  const clamped = x < -708 ? -708 : x > 709 ? 709 : x;
  const k = (clamped * LOG2_E + ROUND_TO_INTEGER) - ROUND_TO_INTEGER;
  const high = clamped - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  let q = EXP_COEFFICIENTS[9];
  for (let i = 8; i >= 0; i--) q = q * r + EXP_COEFFICIENTS[i];
  const scale = POWERS_OF_TWO[k + 1022];
  return scale * (high + ((r * r) * q - low)) + (scale - 1);
}

/**
 * Returns the natural logarithm of x, the same bits on every engine, with an error below one unit in the last place.
 *
 * x must be a positive normal number; for others the result has no meaning. NaN stays NaN.
 */
export function log(x: number): number {
  if (x !== x) return x;
  WORD_FLOAT64[0] = x;
  const exponent = (WORD_INT32[1] - 0x3fe6a09e) >> 20;
  WORD_INT32[1] -= exponent << 20;
  const f = WORD_FLOAT64[0] - 1;
  const s = f / (f + 2);
  const z = s * s;
  const h = 0.5 * (f * f);
  let p = LOG_COEFFICIENTS[6];
  for (let i = 5; i >= 0; i--) p = p * z + LOG_COEFFICIENTS[i];
  return exponent * LN2_HIGH - ((h - (s * (h + z * p) + exponent * LN2_LOW)) - f);
}

/** Adding and subtracting 1.5 * 2^52 rounds a number below 2^51 to the nearest integer, ties to even. */
export const ROUND_TO_INTEGER = 6755399441055744;
export const LOG2_E = 1.4426950408889634;
/** ln 2 to 33 bits, so that its product with an exponent is exact. */
export const LN2_HIGH = 0.6931471803691238;
/** ln 2 - LN2_HIGH. */
export const LN2_LOW = 1.9082149292705877e-10;

/** Minimax coefficients of (e^r - 1 - r) / r^2 on [-ln2/2, ln2/2]. */
export const EXP_COEFFICIENTS: readonly number[] = [
  0.5000000000000001,
  0.16666666666666669,
  0.04166666666662413,
  0.008333333333330062,
  0.0013888888917213717,
  0.00019841269863053618,
  2.4801521295954376e-5,
  2.7557268459997064e-6,
  2.7620088445409746e-7,
  2.510038549551032e-8,
];

/** Minimax coefficients of log((1 + s) / (1 - s)) around its leading term, in powers of s^2. */
export const LOG_COEFFICIENTS: readonly number[] = [
  0.666666666666667,
  0.3999999999989889,
  0.28571428626253836,
  0.22222211089379496,
  0.1818289243253687,
  0.15331611722055008,
  0.14617807153417325,
];

/** 2^-1022 to 2^1023, by doubling and halving, which is exact. */
const POWERS_OF_TWO: Float64Array = powersOfTwo();

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2046);
  powers[1022] = 1;
  for (let i = 1023; i < 2046; i++) powers[i] = powers[i - 1] * 2;
  for (let i = 1021; i >= 0; i--) powers[i] = powers[i + 1] * 0.5;
  return powers;
}

/** One float64 viewed as two words, to extract its exponent; little-endian, as on every supported machine. */
const WORD_FLOAT64 = new Float64Array(1);
const WORD_INT32 = new Int32Array(WORD_FLOAT64.buffer);
