/** Waits. For loops that look for something again and again; no test depends on how long it takes. */
export function sleep(timeMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, timeMs));
}
