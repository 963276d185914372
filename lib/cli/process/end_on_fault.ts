import { EXIT_CODES } from "../../core/facts/exit_codes.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { LAUNCHER_VARIABLE } from "./end_with_launcher.ts";
import { exitCodeOf } from "./exit_code.ts";

// Deno ends with the same code for an error that nobody caught.
const DIFFERENT = EXIT_CODES.different;
/** What a command's process ends with in its place when a launcher waits for it. */
const DIFFERENT_TO_LAUNCHER = 101;

/** Lets errors that nobody catches, in a promise, a timer or a worker, end this process as those of a command do. */
export function endOnFault(terminal: Terminal, { verbose }: { readonly verbose: boolean }): void {
  const end = (event: Event, error: unknown) => {
    event.preventDefault();
    Deno.exit(exitCodeOf(error, { terminal, verbose }));
  };
  addEventListener("error", (event) => end(event, event.error ?? new Error(event.message)));
  addEventListener("unhandledrejection", (event) => end(event, event.reason));
}

/** Ends this process with the exit code of a command, as its launcher reads it. */
export function endWith(code: number): never {
  const { state } = Deno.permissions.querySync({ name: "env", variable: LAUNCHER_VARIABLE });
  const hasLauncher = state === "granted" && Deno.env.get(LAUNCHER_VARIABLE) !== undefined;
  Deno.exit(code === DIFFERENT && hasLauncher ? DIFFERENT_TO_LAUNCHER : code);
}

/** Returns the exit code of a command from that of its process: 1 is that of a process that Deno itself ended. */
export function codeOfProcess(code: number): number {
  if (code === DIFFERENT_TO_LAUNCHER) return DIFFERENT;
  return code === DIFFERENT ? EXIT_CODES.fault : code;
}
