import type { Part } from "./run_parts.ts";
import { LOCK } from "./test_files.ts";
import type { SuiteOutcome } from "./suite_outcome.ts";

/**
 * Checks the types of all parts at once, and fetches what they import. The parts then run without a check, since Deno
 * checks each worker and each experiment file that a test writes anew.
 *
 * @returns Null, or a failure.
 */
export async function checkTypes(parts: readonly Part[]): Promise<SuiteOutcome | null> {
  const args = ["test", LOCK, "--allow-all", "--no-run", ...new Set(parts.flat())];
  const { success } = await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).spawn().status;
  if (success) return null;
  const failures = ["the types, or what is imported"];
  return { passed: 0, failed: 1, ignored: 0, skipped: 0, notRun: [], failures };
}
