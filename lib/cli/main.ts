import { commands } from "./commands.ts";
import { exitCodeOf } from "./exit_code.ts";
import { commandHelp, generalHelp } from "./help.ts";
import { findCommand, parseCommand } from "./parse_command.ts";
import { systemTerminal, type Terminal } from "./terminal.ts";

/**
 * Runs one command line and returns its exit code: 0 good, 1 bits differ, 2 wrong input, 3 nothing to compare with, 4 a
 * trial failed or diverged, 70 a fault of Seedbed, 130 interrupted.
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const [name, ...rest] = args;
    if (name === undefined || name === "--help" || name === "-h" || name === "help") {
      terminal.write(generalHelp(commands));
      return 0;
    }
    const command = findCommand(commands, name);
    if (rest.includes("--help") || rest.includes("-h")) {
      terminal.write(commandHelp(command));
      return 0;
    }
    return await command.run(parseCommand(command, rest), terminal);
  } catch (error) {
    return exitCodeOf(error, { terminal, verbose: args.includes("--verbose") });
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args, systemTerminal()));
