import type { Terminal } from "../terminal/terminal.ts";

/** A command of the command line. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly about: string;
  /** What stands behind the flags, such as `FILE…`; empty if nothing may. */
  readonly operands: string;
  readonly flags: readonly Flag[];
}

/** Does a command's work and returns the exit code. */
export type RunCommand = (line: CommandLine, terminal: Terminal) => Promise<number>;

/** A flag of a command. */
export interface Flag {
  /** Without the hyphens. */
  readonly name: string;
  /** What its value is called in help; a flag without one is a switch. */
  readonly value?: string;
  /** Whether it may be given more than once. Default: false. */
  readonly repeatable?: boolean;
  readonly about: string;
}

/** A command line, taken apart. */
export interface CommandLine {
  readonly operands: readonly string[];
  /** Returns the value of a flag, or undefined if it was not given. */
  readonly value: (flag: string) => string | undefined;
  /** Returns every value of a repeatable flag. */
  readonly values: (flag: string) => readonly string[];
  /** Returns whether a switch was given. */
  readonly has: (flag: string) => boolean;
}
