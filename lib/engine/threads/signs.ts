/**
 * What a worker and its engine exchange while a trial keeps the worker from receiving messages: two numbers in shared
 * memory.
 */
export type Signs = Int32Array;

const BEATS = 0;
const CHECKPOINT_EVERY = 1;

/** Returns signs for one worker: no beat yet, no checkpoint wanted. */
export function createSigns(): Signs {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

/** The worker is alive. */
export function beat(signs: Signs): void {
  Atomics.add(signs, BEATS, 1);
}

/** Returns a number that changes with every beat. */
export function beats(signs: Signs): number {
  return Atomics.load(signs, BEATS);
}

/** From now on checkpoints are wanted so many epochs apart, 0 for none. */
export function wantCheckpoints(signs: Signs, every: number): void {
  Atomics.store(signs, CHECKPOINT_EVERY, every);
}

/** Returns how many epochs apart checkpoints are wanted, 0 for none. */
export function wantedCheckpoints(signs: Signs): number {
  return Atomics.load(signs, CHECKPOINT_EVERY);
}
