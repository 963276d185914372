import { openStream } from "../core/numbers/random.ts";

const MOST_EXACT = 16;
const FLIPS = 9999;
const TOLERANCE = 1e-12;

/**
 * Returns the p-value of the two-sided sign-flip permutation test that paired differences are symmetric around 0: the
 * share of all ways of giving each difference a sign whose sum is at least as far from 0 as the sum at hand.
 *
 * It assumes no distribution. With n pairs the smallest possible value is 2 / 2^n, so that fewer than six pairs can
 * never give less than 0.05. All 2^n ways are counted up to 16 pairs; beyond, 9,999 random ones and the one at hand.
 *
 * Source: Fisher, The design of experiments, 1935; for random flips Phipson and Smyth 2010.
 *
 * @param options.seed Path of the random stream, visible ASCII; it matters beyond 16 pairs only.
 */
export function signFlipTest(
  differences: readonly number[],
  { seed }: { readonly seed: string },
): number {
  let sum = 0;
  let size = 0;
  for (const difference of differences) {
    sum += difference;
    size += Math.abs(difference);
  }
  const least = Math.abs(sum) - TOLERANCE * size;
  return differences.length <= MOST_EXACT
    ? exactShare(differences, least)
    : sampledShare(differences, { least, seed });
}

/** The first sign may be left as it is: flipping all of them keeps the distance from 0. */
function exactShare(differences: readonly number[], least: number): number {
  let sums = Float64Array.of(differences[0] ?? 0);
  for (const difference of differences.slice(1)) {
    const next = new Float64Array(2 * sums.length);
    for (let index = 0; index < sums.length; index++) {
      next[index] = sums[index] + difference;
      next[sums.length + index] = sums[index] - difference;
    }
    sums = next;
  }
  let count = 0;
  for (const sum of sums) if (Math.abs(sum) >= least) count++;
  return count / sums.length;
}

function sampledShare(
  differences: readonly number[],
  { least, seed }: { readonly least: number; readonly seed: string },
): number {
  const stream = openStream(seed);
  let count = 1;
  for (let flip = 0; flip < FLIPS; flip++) {
    let sum = 0;
    let bits = 0;
    for (let index = 0; index < differences.length; index++) {
      if (index % 32 === 0) bits = stream.uint32();
      sum += (bits & 1) === 1 ? differences[index] : -differences[index];
      bits >>>= 1;
    }
    if (Math.abs(sum) >= least) count++;
  }
  return count / (FLIPS + 1);
}
