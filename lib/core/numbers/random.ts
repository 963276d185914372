// @ts-types="npm:@types/seedrandom@3.0.8"
import type seedrandom from "seedrandom";
// The package's other generators seed themselves when they are loaded, which delays each thread.
import untypedTychei from "seedrandom/lib/tychei.js";
import { inverseNormal } from "./inverse_normal.ts";

const tychei: typeof seedrandom.tychei = untypedTychei;

/** A stream of random numbers that depends on its path only. */
export interface RandomStream {
  /** Returns a whole number in [0, 2^32): one draw. */
  uint32(): number;
  /** Returns a number in (0, 1) with 53 random bits: two draws. */
  uniform(): number;
  /** Returns a whole number in [0, n), without bias: at least one draw. n is at most 2^32. */
  below(n: number): number;
  /** Returns a standard normal number, by inversion of one uniform. */
  normal(): number;
}

/** The four 32-bit words of a stream, for kernels that draw from it themselves. */
export interface StreamState {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/**
 * Opens the stream of a path such as "231/0/init/W1": seed, repeat, purpose.
 *
 * Every purpose has a path of its own, so that an extra draw for one purpose changes no other stream. The generator
 * is Tyche-i (Neves and Araujo 2011), integers only.
 *
 * @throws {TypeError} If the path is empty or has anything but visible ASCII: only such paths give distinct streams.
 */
export function openStream(path: string): RandomStream {
  const draw = tychei(checkPath(path));
  const uint32 = () => draw.int32() >>> 0;
  return {
    uint32,
    uniform: () => draw.double(),
    below: (n) => drawBelow(uint32, n),
    normal: () => inverseNormal(draw.double()),
  };
}

/** Returns the initial state of the stream of a path; see {@link openStream}. */
export function streamState(path: string): StreamState {
  return tychei(checkPath(path), { state: true }).state() as unknown as StreamState;
}

/** Shuffles in place (Fisher and Yates, from the last element down), each order equally likely. */
export function shuffle(values: Int32Array, stream: RandomStream): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = stream.below(i + 1);
    const value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}

function checkPath(path: string): string {
  if (!/^[!-~]+$/.test(path)) {
    throw new TypeError(
      `Cannot open a random stream: its path must be visible ASCII, found ${JSON.stringify(path)}`,
    );
  }
  return path;
}

/** Rejects draws above the last multiple of n, since a plain remainder would favour small numbers. */
function drawBelow(uint32: () => number, n: number): number {
  const limit = 4294967296 - (4294967296 % n);
  let value = uint32();
  while (value >= limit) value = uint32();
  return value % n;
}
