import { BrokenPromiseError, InputError } from "../core/errors.ts";
import type { RunOutcome } from "../runner/run_experiment.ts";
import type { Terminal } from "./terminal.ts";

const DENIED =
  "The tasks may read and write below this folder, in the cache and in the folder for temporary files, and connect to " +
  "registry.npmjs.org.\nTo let Seedbed do more, run it as `deno run FLAGS lib/cli/main.ts COMMAND`, FLAGS being such as " +
  "--allow-read=DIR --allow-write=DIR --allow-env --allow-net=HOST.\n";

/** Tells an error and returns its exit code; only a fault of Seedbed itself shows its stack trace. */
export function exitCodeOf(
  error: unknown,
  { terminal, verbose }: { readonly terminal: Terminal; readonly verbose: boolean },
): number {
  const isDenied = error instanceof Deno.errors.NotCapable;
  const isExpected = error instanceof InputError || error instanceof BrokenPromiseError || isDenied;
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack ?? message : message;
  terminal.writeError(
    `${terminal.paintError("red", "error:")} ${isExpected && !verbose ? message : stack}\n`,
  );
  if (isDenied) terminal.writeError(DENIED);
  if (error instanceof InputError || isDenied) return 2;
  return error instanceof BrokenPromiseError ? 1 : 70;
}

/** Returns the exit code of the outcomes of a command: that of the worst. */
export function exitCodeOfOutcomes(outcomes: readonly RunOutcome[]): number {
  if (outcomes.some(({ status }) => status === "interrupted")) return 130;
  const isLossy = ({ summary, status }: RunOutcome) =>
    status === "stopped" || summary.counts.failed > 0 || summary.counts.diverged > 0;
  return outcomes.some(isLossy) ? 4 : 0;
}
