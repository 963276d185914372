import type { RunEvent } from "../runner/run_event.ts";
import { barProgress } from "./bar_progress.ts";
import { lineProgress } from "./line_progress.ts";
import type { Terminal } from "./terminal.ts";

/** Shows how a run goes on, until it is disposed of. */
export interface Progress extends Disposable {
  readonly observe: (event: RunEvent) => void;
}

/** Returns moving bars on a terminal, and plain lines elsewhere. */
export function createProgress(terminal: Terminal, { workers }: { readonly workers: number }): Progress {
  return terminal.isInteractive ? barProgress(terminal, { workers }) : lineProgress(terminal);
}
