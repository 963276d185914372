import { stripVTControlCharacters } from "node:util";
import { BrokenPromiseError, InputError, UnpredictableError } from "../../core/check/errors.ts";
import { messageOf } from "../../core/check/message_of.ts";
import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { systemReason } from "../../files/file_problem.ts";
import type { RunOutcome } from "../../runner/results/run_outcome.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { wrapText } from "../terminal/wrap_text.ts";

/** Shows an error and returns its exit code; only a fault of Seedbed itself shows its stack trace. */
export function exitCodeOf(
  error: unknown,
  { terminal, verbose }: { readonly terminal: Terminal; readonly verbose: boolean },
): number {
  const refusal = refusalText(error);
  const isExpected = error instanceof InputError || error instanceof BrokenPromiseError ||
    error instanceof UnpredictableError || refusal !== null;
  const message = refusal ?? messageOf(error);
  // Deno colours stack traces even where they are not read on a terminal.
  const stack = stripVTControlCharacters(error instanceof Error ? error.stack ?? message : message);
  const text = `${terminal.paintError("red", "error:")} ${isExpected && !verbose ? message : stack}\n`;
  terminal.writeError(wrapText(text, { columns: terminal.columnsError }));
  if (error instanceof InputError || refusal !== null) return EXIT_CODES.wrongInput;
  if (error instanceof UnpredictableError) return EXIT_CODES.lostTrial;
  return error instanceof BrokenPromiseError ? EXIT_CODES.different : EXIT_CODES.fault;
}

const REFUSED = /^Requires (read|write|net|all) access to "(.*)", run again/s;
const ACTIONS: Readonly<Record<string, string>> = { read: "read", write: "write", net: "connect to" };

/**
 * Returns which access was denied to a command, and the flag that allows it; null for access that the table of
 * permissions must grant, and for other errors.
 */
function refusalText(error: unknown): string | null {
  const reason = systemReason(error);
  if (reason !== null) return `Cannot use a file: ${reason}`;
  if (!(error instanceof Deno.errors.NotCapable)) return null;
  const [, kind, what] = REFUSED.exec(error.message) ?? [];
  if (kind === undefined) return null;
  if (kind === "all") return `Cannot use ${what}: it must lie elsewhere, this is a place of the system's own`;
  const value = /^[\w./:@-]+$/.test(what) ? what : JSON.stringify(what);
  return `Cannot ${ACTIONS[kind]} ${what}: this command may not, --allow-${kind} ${value} lets it`;
}

/** Returns the exit code of the outcomes of a command: that of the worst. */
export function exitCodeOfOutcomes(outcomes: readonly RunOutcome[]): number {
  if (outcomes.some(({ status }) => status === "interrupted")) return EXIT_CODES.interrupted;
  const isLossy = ({ summary, status }: RunOutcome) =>
    status === "stopped" || summary.counts.failed > 0 || summary.counts.diverged > 0;
  if (outcomes.some(isLossy)) return EXIT_CODES.lostTrial;
  return outcomes.some(({ status }) => status === "paused") ? EXIT_CODES.incomplete : EXIT_CODES.good;
}
