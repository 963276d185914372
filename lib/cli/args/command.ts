import type { Terminal } from "../terminal/terminal.ts";
import type { Flag } from "./flag.ts";

/** A command of the command line. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly about: string;
  /** The operands, such as `FILE…`; empty if there may be none. */
  readonly operands: string;
  /** Besides those of every command. */
  readonly flags: readonly Flag[];
}

/** Does a command's work and returns the exit code. */
export type RunCommand = (line: CommandLine, terminal: Terminal) => Promise<number>;

/** A parsed command line. */
export interface CommandLine {
  readonly operands: readonly string[];
  /**
   * Returns what a flag says, its default if it was not given.
   *
   * @throws {InputError} If its value is wrong.
   */
  readonly get: <T>(flag: Flag<T>) => T;
  /** Returns whether a flag was given. */
  readonly has: (flag: Flag) => boolean;
  /** Returns the texts that were given for a flag; one empty text for a switch that was given. */
  readonly texts: (flag: Flag) => readonly string[];
}

/** Returns how a command is typed: its name, its operands, and its required flags. */
export function usage({ name, operands, flags }: Command): string {
  const required = flags.filter(({ isRequired }) => isRequired).map(flagText);
  return [`deno task ${name}`, operands, ...required].filter((part) => part !== "").join(" ");
}

/** Returns a flag as it is typed, such as `--only AXIS=VALUE …`. */
export function flagText({ name, value, isRepeatable, isValueOptional = false }: Flag): string {
  if (isValueOptional) return `--${name}[=${value}]`;
  return `--${name}${value === null ? "" : ` ${value}`}${isRepeatable ? " …" : ""}`;
}
