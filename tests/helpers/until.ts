import { sleep } from "./sleep.ts";

/** Far longer than anything takes that a test waits for, so that only what never comes is met by it. */
const LIMIT_MS = 120_000;

/**
 * Looks again and again until a condition holds.
 *
 * @throws {Error} If it does not within two minutes.
 */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  while (!await holds()) {
    if (limit.aborted) throw new Error(`Cannot wait any longer: ${what} did not come`);
    await sleep(1);
  }
}
