import type { Terminal } from "../terminal/terminal.ts";
import { lineProgress } from "./line_progress.ts";
import type { Progress } from "./progress.ts";

/** Returns moving bars on a terminal, and plain lines elsewhere. */
export async function createProgress(
  terminal: Terminal,
  { workers }: { readonly workers: number },
): Promise<Progress> {
  if (!terminal.isInteractive) return lineProgress(terminal);
  // The package for bars takes as long to load as all else that a command starts with.
  const { barProgress } = await import("./bar_progress.ts");
  return barProgress(terminal, { workers });
}
