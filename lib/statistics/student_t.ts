import { integerPower } from "./integer_power.ts";

/**
 * Returns the probability that a value of Student's t distribution is at least as far from 0 as t: the p-value of a
 * two-sided test.
 *
 * It is the regularized incomplete beta function I_x(v/2, 1/2) at x = v / (v + t^2) (Abramowitz and Stegun 1964,
 * 26.5.27 and 26.7.1). For whole degrees of freedom v its factors are products and square roots, so that the result
 * has the same bits on every engine. Relative error below 1e-11 up to 10,000 degrees.
 *
 * @param options.degrees Degrees of freedom, a whole number, at least 1.
 */
export function studentTail(t: number, { degrees }: { readonly degrees: number }): number {
  if (t === 0) return 1;
  if (!Number.isFinite(t)) return Number.isNaN(t) ? NaN : 0;
  const x = degrees / (degrees + t * t);
  const rest = (t * t) / (degrees + t * t);
  const front = integerPower(Math.sqrt(x), degrees) * Math.sqrt(rest) * inverseBeta(degrees);
  const [a, b] = [degrees / 2, 0.5];
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, { a, b })) / a
    : 1 - (front * betaFraction(rest, { a: b, b: a })) / b;
}

/**
 * Returns the t that a value of Student's t distribution exceeds in distance from 0 with a given probability: 12.7 for
 * 0.05 and 1 degree of freedom.
 *
 * @param options.tail The probability of both tails together, in (0, 1). Default: 0.05, for 95 % intervals.
 */
export function studentQuantile(
  { degrees, tail = 0.05 }: { readonly degrees: number; readonly tail?: number },
): number {
  let low = 0;
  let high = 1;
  while (studentTail(high, { degrees }) > tail) [low, high] = [high, 2 * high];
  // The interval is halved until no number lies between its ends.
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (studentTail(middle, { degrees }) > tail) low = middle;
    else high = middle;
  }
}

/** Returns 1 / B(v/2, 1/2), by the recurrence of the gamma function from v = 1 or 2. */
function inverseBeta(degrees: number): number {
  let value = degrees % 2 === 1 ? 1 / Math.PI : 0.5;
  for (let v = degrees % 2 === 1 ? 1 : 2; v < degrees; v += 2) value *= (v + 1) / v;
  return value;
}

const MOST_STEPS = 10_000;
const TINY = 1e-300;

/** Lentz's evaluation of the continued fraction of the incomplete beta function (Abramowitz and Stegun 1964, 26.5.8). */
function betaFraction(x: number, { a, b }: { readonly a: number; readonly b: number }): number {
  const away = (value: number) => Math.abs(value) < TINY ? TINY : value;
  let numerator = 1;
  let denominator = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = denominator;
  for (let m = 1; m <= MOST_STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    denominator = 1 / away(1 + even * denominator);
    numerator = away(1 + even / numerator);
    fraction *= denominator * numerator;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    denominator = 1 / away(1 + odd * denominator);
    numerator = away(1 + odd / numerator);
    const step = denominator * numerator;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return fraction;
}
