import { EXIT_CODES } from "../core/facts/exit_codes.ts";
import { FLAGS } from "./args/flags.ts";
import { readCommandLine } from "./args/read_command_line.ts";
import { checkDeno, takesV8Flags } from "./launch/check_deno.ts";
import { line as tableLine, permissionsText } from "./launch/permissions.ts";
import { type Launch, planLaunch } from "./launch/plan_launch.ts";
import { runLaunch } from "./launch/run_launch.ts";
import { surroundingsHere } from "./launch/surroundings.ts";
import { endOnFault } from "./process/end_on_fault.ts";
import { exitCodeOf } from "./process/exit_code.ts";
import { systemTerminal, type Terminal } from "./terminal/terminal.ts";

/**
 * Runs one command line in a process that may do what the command needs and nothing else; returns its exit code.
 *
 * This process has every permission and runs no code of a user.
 */
async function launch(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const asked = readCommandLine(args);
    if (asked.help !== null) {
      terminal.write(asked.help);
      return EXIT_CODES.good;
    }
    const note = checkDeno();
    const surroundings = surroundingsHere();
    const planned = planLaunch(asked, surroundings);
    if (note !== null) terminal.writeError(`note: ${note}\n`);
    if (asked.line.get(FLAGS.printPermissions)) {
      terminal.write(launchText(planned));
      return EXIT_CODES.good;
    }
    const isTested = note === null || await takesV8Flags(planned.v8Flags, surroundings);
    return await runLaunch(isTested ? planned : { ...planned, v8Flags: [] }, { args, ...surroundings });
  } catch (error) {
    return exitCodeOf(error, { terminal, verbose: args.includes("--verbose") });
  }
}

function launchText({ permissions, v8Flags, config }: Launch): string {
  return permissionsText(permissions) + tableLine("V8 flags", v8Flags.join(" ") || "-") +
    tableLine("deno.json", config ?? "-");
}

if (import.meta.main) {
  const terminal = systemTerminal();
  endOnFault(terminal, { verbose: Deno.args.includes("--verbose") });
  Deno.exit(await launch(Deno.args, terminal));
}
