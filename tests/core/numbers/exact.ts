import { assert } from "@std/assert";

/** Exact numbers are whole numbers, in units of 2^-SCALE. */
export const SCALE = 300n;
const ONE = 1n << SCALE;

/** Returns a float64 in units of 2^-SCALE. */
export function toBig(value: number): bigint {
  const bits = new BigUint64Array(Float64Array.of(value).buffer)[0];
  const exponent = bits >> 52n & 0x7ffn;
  const hidden = exponent === 0n ? 0n : 0x10000000000000n;
  const mantissa = (bits & 0xfffffffffffffn | hidden) * (value < 0 || Object.is(value, -0) ? -1n : 1n);
  const shift = (exponent === 0n ? 1n : exponent) - 1075n + SCALE;
  return shift >= 0n ? mantissa << shift : mantissa >> -shift;
}

/** Returns e^x, by its series after halving x eight times. */
export function bigExp(x: number): bigint {
  const r = toBig(x) >> 8n;
  let [sum, term] = [ONE, ONE];
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = term * r / k >> SCALE;
    sum += term;
  }
  for (let i = 0; i < 8; i++) sum = sum * sum >> SCALE;
  return sum;
}

/** Returns 1 / (1 + e^-x). */
export function bigSigmoid(x: number): bigint {
  return (ONE << SCALE) / (ONE + bigExp(-x));
}

/** Returns the hyperbolic tangent of x. */
export function bigTanh(x: number): bigint {
  const e = bigExp(-2 * Math.abs(x));
  const size = ((ONE - e) << SCALE) / (ONE + e);
  return x < 0 ? -size : size;
}

/** Returns the distribution function of the standard normal at x, by the series of the integral of its density. */
export function bigNormalCdf(x: number): bigint {
  const big = toBig(x);
  const square = big * big >> SCALE;
  let [power, sum] = [big, big];
  for (let n = 1n; power / (2n * n + 1n) !== 0n; n++) {
    power = -power * square / (2n * n) >> SCALE;
    if (power === -1n) power = 0n;
    sum += power / (2n * n + 1n);
  }
  return (ONE >> 1n) + (sum * (INVERSE_ROOT_2PI >> (340n - SCALE)) >> SCALE);
}

/** 2^340 / sqrt(2 pi). */
const INVERSE_ROOT_2PI =
  893528874961532106907736094273095595420530058621028584987160034690885173097717950521868900389514002269n;

/** Asserts that a float64 is within `exact * 2^-bits` of an exact number. */
export function assertNear(
  actual: number,
  exact: bigint,
  { bits, what }: { readonly bits: bigint; readonly what: string },
): void {
  const error = toBig(actual) - exact;
  const size = exact < 0n ? -exact : exact;
  assert((error < 0n ? -error : error) <= size >> bits, `${what} is ${actual}`);
}
