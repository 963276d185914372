import type { RunCommand } from "./command.ts";
import { endOnFault, endWith } from "./end_on_fault.ts";
import { exitCodeOf } from "./exit_code.ts";
import { readCommandLine } from "./read_command_line.ts";
import { systemTerminal, type Terminal } from "./terminal.ts";
import { endWithLauncher } from "./launch/end_with_launcher.ts";

// A command loads its own modules alone: what `list` must load first is a third of what `run` must.
const RUNS: Readonly<Record<string, () => Promise<RunCommand>>> = {
  start: async () => (await import("./start_command.ts")).startCommand,
  run: async () => (await import("./run_command.ts")).runCommand,
  worker: async () => (await import("./worker_command.ts")).workerCommand,
  list: async () => (await import("./list_command.ts")).listCommand,
  report: async () => (await import("./report_command.ts")).reportCommand,
  dashboard: async () => (await import("./dashboard_command.ts")).dashboardCommand,
  verify: async () => (await import("./verify_command.ts")).verifyCommand,
  check: async () => (await import("./check_command.ts")).checkCommand,
  baseline: async () => (await import("./baseline_command.ts")).baselineCommand,
  merge: async () => (await import("./merge_command.ts")).mergeCommand,
  diff: async () => (await import("./diff_command.ts")).diffCommand,
  trace: async () => (await import("./trace_command.ts")).traceCommand,
  why: async () => (await import("./why_command.ts")).whyCommand,
  export: async () => (await import("./export_command.ts")).exportCommand,
  predict: async () => (await import("./predict_command.ts")).predictCommand,
  init: async () => (await import("./init/init_command.ts")).initCommand,
};

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
    const run = await RUNS[asked.command.name]();
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
