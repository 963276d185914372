import { assert } from "@std/assert";
import { BrokenPromiseError, InputError } from "../../lib/core/check/errors.ts";

/** What fast-check draws from, how often; `SEEDBED_TEST_SEED` draws other inputs. A failure prints seed and input. */
export function settings(numRuns: number) {
  return { seed: Number(Deno.env.get("SEEDBED_TEST_SEED") ?? "231"), numRuns } as const;
}

/** Returns what a function returns, or null if it refuses its input; any other error is a fault of Seedbed. */
export async function refusing<T>(run: () => T | Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof InputError || error instanceof BrokenPromiseError) {
      assert(error.message.length < 3000, `a message must be bounded, found ${error.message.length} letters`);
      assert(error.message.startsWith("Cannot "), error.message);
      return null;
    }
    throw error;
  }
}
