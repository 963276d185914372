import type { Command, CommandLine } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { answerHelp } from "./help.ts";
import { findCommand, parseCommand } from "./parse_command.ts";

/** What a command line asks for: help, or a command. */
export type Asked =
  | { readonly help: string }
  | { readonly help: null; readonly command: Command; readonly line: CommandLine };

/**
 * Reads a whole command line; the launcher and the command read the same one.
 *
 * @throws {InputError} If there is no such command or flag, or a flag's value is missing.
 */
export function readCommandLine(args: readonly string[]): Asked {
  const help = answerHelp(args, COMMANDS);
  if (help !== null) return { help };
  const [name, ...rest] = args;
  const command = findCommand(COMMANDS, name);
  return { help, command, line: parseCommand(command, rest) };
}
