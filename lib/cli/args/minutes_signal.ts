const MINUTE_MS = 60_000;
/** A timer of more, which is 24 days, would end at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Returns a signal that aborts after some minutes; beyond 24 days, it never does. */
export function minutesSignal(minutes: number): AbortSignal {
  const timeMs = Math.ceil(minutes * MINUTE_MS);
  return timeMs > LONGEST_MS ? new AbortController().signal : AbortSignal.timeout(timeMs);
}
