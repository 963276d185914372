/**
 * Returns a * b + c in float32, rounded once: the fused multiply-add of IEEE 754, exact on every machine.
 *
 * a, b and c must be float32 values. The product of two float32 is exact in float64 and so the sum is rounded once there;
 * rounding that again to float32 is wrong only if it lies halfway between two float32, where the float64 rounding
 * may have hidden on which side the exact sum is.
 */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const sum = a * b + c;
  const rounded = Math.fround(sum);
  const rest = sum - rounded;
  const mirrored = sum + rest;
  // Halfway, and only there, the neighbour on the other side is a float32 too; beyond the largest float32 both
  // are infinite.
  if (rest === 0 || Math.fround(mirrored) !== mirrored) return rounded;
  return roundToOdd(a * b, c);
}

/**
 * Rounds product + c to float64 with rounding to odd, which keeps the side, and then to float32.
 *
 * Source: Boldo and Melquiond, "Emulation of FMA and correctly rounded sums", 2008.
 */
function roundToOdd(product: number, c: number): number {
  const sum = product + c;
  const part = sum - product;
  const error = (product - (sum - part)) + (c - part);
  if (error === 0 || error !== error) return Math.fround(sum);
  FLOAT64[0] = sum;
  if ((WORDS[0] & 1) === 0) moveOneUnit((error > 0) === (sum > 0));
  return Math.fround(FLOAT64[0]);
}

/** Moves the scratch number by one unit in the last place, away from zero or toward it. */
function moveOneUnit(away: boolean): void {
  // The last bit is 0, so away from zero there is no carry; toward zero the high word is borrowed from at 0 only.
  if (away) {
    WORDS[0] += 1;
  } else {
    if (WORDS[0] === 0) WORDS[1] -= 1;
    WORDS[0] -= 1;
  }
}

const FLOAT64 = new Float64Array(1);
const WORDS = new Uint32Array(FLOAT64.buffer);
