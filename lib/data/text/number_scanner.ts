import { CARRIAGE_RETURN, LINE_FEED } from "./field_cutter.ts";
import { nearestTo, POWERS_OF_TEN } from "./wide_decimal.ts";

const [PLUS, MINUS, ZERO, NINE, E, SMALL_E] = [43, 45, 48, 57, 69, 101];
/** Below, float64 holds every whole number. */
const EXACT = 9_007_199_254_740_992;
/** Digits of the two parts of a wide number. */
const [HIGH_DIGITS, ALL_DIGITS] = [15, 22];
const MOST_SCALE = 22;

/**
 * Reads numbers from bytes without making texts, each as `Number` of its text would be: a whole number below 2^53 times or by an
 * exact power of ten is rounded once. Others, and fields with blanks, quotes or marks of thousands, are left to a slower way.
 */
export class NumberScanner {
  /** The last number. */
  value = 0;
  readonly #separator: number;
  /** The byte before a fraction; -1 where it separates fields, too. */
  readonly #point: number;

  constructor({ separator, point }: { readonly separator: number; readonly point: number }) {
    this.#separator = separator;
    this.#point = point === separator ? -1 : point;
  }

  /**
   * Reads the number at `start`, sets `value`, and returns the place of the separator or line feed after it; -1 if this is no such
   * number. There must be a line feed after the bytes.
   */
  scan(bytes: Uint8Array, start: number): number {
    let at = start;
    let byte = bytes[at];
    const isNegative = byte === MINUS;
    if (isNegative || byte === PLUS) byte = bytes[++at];
    const first = at;
    let mantissa = 0;
    while (byte >= ZERO && byte <= NINE) {
      mantissa = mantissa * 10 + (byte - ZERO);
      byte = bytes[++at];
    }
    let digits = at - first;
    let scale = 0;
    if (byte === this.#point) {
      const point = ++at;
      byte = bytes[at];
      while (byte >= ZERO && byte <= NINE) {
        mantissa = mantissa * 10 + (byte - ZERO);
        byte = bytes[++at];
      }
      scale = at - point;
      digits += scale;
    }
    if (digits === 0) return -1;
    const last = at;
    if (byte === E || byte === SMALL_E) {
      byte = bytes[++at];
      const isDown = byte === MINUS;
      if (isDown || byte === PLUS) byte = bytes[++at];
      if (byte < ZERO || byte > NINE) return -1;
      let exponent = 0;
      while (byte >= ZERO && byte <= NINE) {
        if (exponent < 1000) exponent = exponent * 10 + (byte - ZERO);
        byte = bytes[++at];
      }
      scale += isDown ? exponent : -exponent;
    }
    if (byte === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED) byte = bytes[++at];
    if (byte !== this.#separator && byte !== LINE_FEED) return -1;
    if (scale > MOST_SCALE || scale < -MOST_SCALE) return -1;
    let value = mantissa;
    if (mantissa >= EXACT) value = wideNumber(bytes.subarray(first, last), scale);
    else if (scale > 0) value = mantissa / POWERS_OF_TEN[scale];
    else if (scale < 0) value = mantissa * POWERS_OF_TEN[-scale];
    if (value !== value) return -1;
    this.value = isNegative ? -value : value;
    return at;
  }
}

/** Returns a number of more digits than float64 holds, from its digits and its point; NaN if it has too many. */
function wideNumber(bytes: Uint8Array, scale: number): number {
  if (scale < 0) return NaN;
  let [high, low, digits] = [0, 0, 0];
  for (const byte of bytes) {
    if (byte < ZERO || byte > NINE) continue;
    if (digits < HIGH_DIGITS) high = high * 10 + (byte - ZERO);
    else low = low * 10 + (byte - ZERO);
    if (high > 0) digits++;
  }
  return digits > ALL_DIGITS ? NaN : nearestTo({ high, low, lowDigits: digits - HIGH_DIGITS, scale });
}
