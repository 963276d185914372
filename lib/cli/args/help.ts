import { EXIT_CODE_MEANINGS, EXIT_CODES } from "../../core/facts/exit_codes.ts";
import { table } from "../terminal/table.ts";
import { type Command, flagText, usage } from "./command.ts";
import { toggle } from "./flag.ts";
import { COMMON_FLAGS } from "./flags.ts";
import { findCommand } from "./parse_command.ts";

const HELP = toggle("help", { about: "show this text" });

/**
 * Returns the help that a command line asks for, or null if it asks for none.
 *
 * @throws {InputError} If it asks for the help of an unknown command.
 */
export function answerHelp(
  [name, ...rest]: readonly string[],
  commands: readonly Command[],
): string | null {
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    return generalHelp(commands);
  }
  if (!rest.includes("--help") && !rest.includes("-h")) return null;
  return commandHelp(findCommand(commands, name));
}

/** Returns the help of the command line as a whole. */
function generalHelp(commands: readonly Command[]): string {
  const rows = commands.map(({ name, operands, about }) => [`  ${name} ${operands}`.trimEnd(), about]);
  return "Seedbed runs reproducible experiments: same seed, same bits.\n\n" +
    "Usage: deno task COMMAND [FLAGS]\n\n" +
    `${table(rows)}\n` +
    `Exit codes:\n${table(exitCodeRows().map(([code, about]) => [`  ${code}`, about]))}\n` +
    "`deno task COMMAND --help` lists a command's flags.\n";
}

function commandHelp(command: Command): string {
  const { about, flags } = command;
  const rows = [...flags, ...COMMON_FLAGS, HELP].map((flag) => [`  ${flagText(flag)}`, flag.about]);
  return `Usage: ${usage(command)} [FLAGS]\n\n` +
    `${about[0].toUpperCase()}${about.slice(1)}.\n\nFlags:\n${table(rows)}`;
}

/** Returns each exit code and what it says. */
export function exitCodeRows(): readonly (readonly [code: string, about: string])[] {
  const names = Object.keys(EXIT_CODES) as readonly (keyof typeof EXIT_CODES)[];
  return names.map((name) => [String(EXIT_CODES[name]), EXIT_CODE_MEANINGS[name]]);
}
