import type { CommandLine, RunCommand } from "../args/command.ts";
import { loadFiles } from "../args/load_files.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { readRunSettings } from "./run_settings.ts";

/** `run FILE…`: runs what has no result yet, and writes the reports. */
export const runCommand: RunCommand = (line, terminal) => runFiles(line.operands, { line, terminal });

/** Options of {@link runFiles}. */
export interface RunFiles {
  readonly line: CommandLine;
  readonly terminal: Terminal;
}

/** Checks all the files, then runs one experiment after the other; returns the exit code. */
export async function runFiles(files: readonly string[], { line, terminal }: RunFiles): Promise<number> {
  const settings = readRunSettings(line);
  const loading = loadFiles(files, { line });
  // A fault of a file is reported below.
  loading.catch(() => {});
  // All that follows is loaded while the threads that run the files start; a literal would let Deno load it first.
  const { href } = new URL("./run_loaded.ts", import.meta.url);
  const { runLoaded } = await import(href) as typeof import("./run_loaded.ts");
  return await runLoaded(await loading, { line, terminal, settings });
}
