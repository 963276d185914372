import { EXIT_CODES } from "../core/facts/exit_codes.ts";
import type { RunCommand } from "./args/command.ts";
import { readCommandLine } from "./args/read_command_line.ts";
import { endOnFault, endWith } from "./process/end_on_fault.ts";
import { endWithLauncher } from "./process/end_with_launcher.ts";
import { exitCodeOf } from "./process/exit_code.ts";
import { systemTerminal, type Terminal } from "./terminal/terminal.ts";

/**
 * The module of each command, which exports `NAMECommand`. They are loaded by URL: Deno would otherwise read the modules
 * of every command before it starts one.
 */
const MODULES: Readonly<Record<string, URL>> = {
  start: new URL("./run/start_command.ts", import.meta.url),
  run: new URL("./run/run_command.ts", import.meta.url),
  worker: new URL("./run/worker_command.ts", import.meta.url),
  list: new URL("./run/list_command.ts", import.meta.url),
  report: new URL("./run/report_command.ts", import.meta.url),
  dashboard: new URL("./use/dashboard_command.ts", import.meta.url),
  verify: new URL("./compare/verify_command.ts", import.meta.url),
  check: new URL("./compare/check_command.ts", import.meta.url),
  baseline: new URL("./compare/baseline_command.ts", import.meta.url),
  merge: new URL("./compare/merge_command.ts", import.meta.url),
  diff: new URL("./compare/diff_command.ts", import.meta.url),
  bisect: new URL("./compare/bisect_command.ts", import.meta.url),
  trace: new URL("./compare/trace_command.ts", import.meta.url),
  why: new URL("./compare/why_command.ts", import.meta.url),
  trend: new URL("./use/trend_command.ts", import.meta.url),
  export: new URL("./use/export_command.ts", import.meta.url),
  predict: new URL("./use/predict_command.ts", import.meta.url),
  data: new URL("./use/data_command.ts", import.meta.url),
  init: new URL("./init/init_command.ts", import.meta.url),
};

async function loadCommand(name: string): Promise<RunCommand> {
  const module = await import(MODULES[name].href) as Readonly<Record<string, RunCommand>>;
  return module[`${name}Command`];
}

/** Runs one command line and returns its exit code, one of {@link EXIT_CODES}. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const asked = readCommandLine(args);
    if (asked.help !== null) {
      terminal.write(asked.help);
      return EXIT_CODES.good;
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
