/**
 * Three numbers in shared memory, through which a worker and its engine communicate while a trial blocks the worker's
 * messages.
 */
export type Signs = Int32Array;

const BEATS = 0;
const CHECKPOINT_EVERY = 1;
const IS_ENDED = 2;

/** Returns signs for one worker: no beat yet, no checkpoints, not ended. */
export function createSigns(): Signs {
  return new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
}

/** Signals that the worker is alive. */
export function beat(signs: Signs): void {
  Atomics.add(signs, BEATS, 1);
}

/** Returns a number that changes with every beat. */
export function beats(signs: Signs): number {
  return Atomics.load(signs, BEATS);
}

/** Sets the interval of checkpoints in epochs, 0 for none. */
export function setCheckpointInterval(signs: Signs, every: number): void {
  Atomics.store(signs, CHECKPOINT_EVERY, every);
}

/** Returns the interval of checkpoints in epochs, 0 for none. */
export function checkpointInterval(signs: Signs): number {
  return Atomics.load(signs, CHECKPOINT_EVERY);
}

/** Asks the worker to stop its trial. */
export function endTrial(signs: Signs): void {
  Atomics.store(signs, IS_ENDED, 1);
}

/** Returns whether the worker is to stop its trial. */
export function isEnded(signs: Signs): boolean {
  return Atomics.load(signs, IS_ENDED) === 1;
}
