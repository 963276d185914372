/** Waits for a promise, but no longer than that; returns whether it was kept. */
export async function atMost(timeMs: number, promise: Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(false), timeMs));
  const kept = await Promise.race([promise.then(() => true, () => false), late]);
  clearTimeout(timer);
  return kept;
}
