/** Timers that a test moves on; disposing of them brings the real ones back. */
export interface FakeTimers extends Disposable {
  /** Calls what is due within so many milliseconds, in order, and what that sets in its turn. */
  readonly advance: (timeMs: number) => void;
}

interface Timer {
  readonly atMs: number;
  readonly call: () => void;
}

/** Puts timers that stand still in the place of `setTimeout` and `clearTimeout`. */
export function fakeTimers(): FakeTimers {
  const { setTimeout, clearTimeout } = globalThis;
  const timers = new Map<number, Timer>();
  let nowMs = 0;
  let nextId = 1;
  Object.assign(globalThis, {
    setTimeout: (call: () => void, timeMs = 0) => {
      timers.set(nextId, { atMs: nowMs + timeMs, call });
      return nextId++;
    },
    clearTimeout: (id: number) => void timers.delete(id),
  });
  return {
    advance(timeMs) {
      const endMs = nowMs + timeMs;
      while (true) {
        const due = [...timers].filter(([, { atMs }]) => atMs <= endMs)
          .sort(([, left], [, right]) => left.atMs - right.atMs)[0];
        if (due === undefined) break;
        const [id, { atMs, call }] = due;
        timers.delete(id);
        nowMs = atMs;
        call();
      }
      nowMs = endMs;
    },
    [Symbol.dispose]: () => void Object.assign(globalThis, { setTimeout, clearTimeout }),
  };
}
