/** Waits for a promise, but at most for a given time; returns whether it was fulfilled. */
export async function atMost(timeMs: number, promise: Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(false), timeMs));
  const isFulfilled = await Promise.race([promise.then(() => true, () => false), late]);
  clearTimeout(timer);
  return isFulfilled;
}
