/** Powers of ten that float64 holds exactly. */
export const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));

/** 2^27 + 1: a product with it splits a number into two halves. */
const SPLITTER = 134_217_729;
/** Far above the rounding errors of a correction, which are some 2^-51 of it. */
const MARGIN = 3.552713678800501e-15;

/** A decimal number of more digits than float64 holds: (high * 10^lowDigits + low) / 10^scale. */
export interface WideDecimal {
  /** Its first digits, a whole number below 2^53. */
  readonly high: number;
  /** Its other digits, a whole number below 10^lowDigits. */
  readonly low: number;
  /** How many these are, at most 7. */
  readonly lowDigits: number;
  /** From 0 to 22. */
  readonly scale: number;
}

/**
 * Returns the number of float64 that is next to a decimal number, as `Number` of its text does; NaN in the rare case that this
 * takes more digits to decide.
 *
 * It computes the quotient and its exact remainder in pairs of float64. Source: Dekker, "A floating-point technique for
 * extending the available precision", 1971.
 */
export function nearestTo({ high, low, lowDigits, scale }: WideDecimal): number {
  const power = POWERS_OF_TEN[lowDigits];
  const product = high * power;
  const productError = errorOf(product, high, power);
  // The sum of the product and `low`, again as a number and its error; the product is the larger one.
  const rest = productError + low;
  const whole = product + rest;
  const wholeError = rest - (whole - product);
  const divisor = POWERS_OF_TEN[scale];
  const quotient = whole / divisor;
  const back = quotient * divisor;
  const remainder = whole - back - errorOf(back, quotient, divisor) + wholeError;
  const correction = remainder / divisor;
  const [least, most] = [quotient + correction * (1 - MARGIN), quotient + correction * (1 + MARGIN)];
  return least === most ? least : NaN;
}

/** Returns how much a rounded product is below the exact one. */
function errorOf(product: number, left: number, right: number): number {
  const bigLeft = SPLITTER * left;
  const leftHigh = bigLeft - (bigLeft - left);
  const leftLow = left - leftHigh;
  const bigRight = SPLITTER * right;
  const rightHigh = bigRight - (bigRight - right);
  const rightLow = right - rightHigh;
  return leftLow * rightLow - (product - leftHigh * rightHigh - leftLow * rightHigh - leftHigh * rightLow);
}
