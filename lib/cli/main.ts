import type { RunCommand } from "./command.ts";
import { endOnFault, endWith } from "./end_on_fault.ts";
import { exitCodeOf } from "./exit_code.ts";
import { readCommandLine } from "./read_command_line.ts";
import { systemTerminal, type Terminal } from "./terminal.ts";
import { endWithLauncher } from "./launch/end_with_launcher.ts";

/**
 * The module of each command, which exports `NAMECommand`. A command loads its own modules alone, and Deno is not told
 * before: it would look at those of every command before it began with one.
 */
const MODULES: Readonly<Record<string, URL>> = {
  start: new URL("./start_command.ts", import.meta.url),
  run: new URL("./run_command.ts", import.meta.url),
  worker: new URL("./worker_command.ts", import.meta.url),
  list: new URL("./list_command.ts", import.meta.url),
  report: new URL("./report_command.ts", import.meta.url),
  dashboard: new URL("./dashboard_command.ts", import.meta.url),
  verify: new URL("./verify_command.ts", import.meta.url),
  check: new URL("./check_command.ts", import.meta.url),
  baseline: new URL("./baseline_command.ts", import.meta.url),
  merge: new URL("./merge_command.ts", import.meta.url),
  diff: new URL("./diff_command.ts", import.meta.url),
  trace: new URL("./trace_command.ts", import.meta.url),
  why: new URL("./why_command.ts", import.meta.url),
  export: new URL("./export_command.ts", import.meta.url),
  predict: new URL("./predict_command.ts", import.meta.url),
  init: new URL("./init/init_command.ts", import.meta.url),
};

async function loadCommand(name: string): Promise<RunCommand> {
  const module = await import(MODULES[name].href) as Readonly<Record<string, RunCommand>>;
  return module[`${name}Command`];
}

/**
 * Runs one command line and returns its exit code: 0 good, 1 results differ, 2 wrong input, 3 nothing to compare with, 4
 * a trial failed or diverged, 6 incomplete, 70 a fault of Seedbed, 130 interrupted.
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const asked = readCommandLine(args);
    if (asked.help !== null) {
      terminal.write(asked.help);
      return 0;
    }
    const run = await loadCommand(asked.command.name);
    return await run(asked.line, terminal);
  } catch (error) {
    return exitCodeOf(error, { terminal, verbose: args.includes("--verbose") });
  }
}

if (import.meta.main) {
  endWithLauncher();
  const terminal = systemTerminal();
  endOnFault(terminal, { verbose: Deno.args.includes("--verbose") });
  endWith(await main(Deno.args, terminal));
}
