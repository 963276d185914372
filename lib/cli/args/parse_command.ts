import { parseArgs } from "@std/cli";
import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { Command, CommandLine } from "./command.ts";
import { COMMON_FLAGS } from "./flags.ts";
import { nearest } from "./nearest.ts";

/**
 * Returns the command of a name.
 *
 * @throws {InputError} If there is none; the message names the nearest.
 */
export function findCommand(commands: readonly Command[], name: string): Command {
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  const names = commands.map((candidate) => candidate.name);
  throw new InputError(
    `Cannot run a command: it must be one of ${names.join(", ")}, found ${quoted(name)}${
      meant(nearest(name, names))
    }`,
  );
}

/**
 * Takes the arguments behind a command's name apart.
 *
 * @throws {InputError} If a flag is unknown, needs a value that is not there, is given one it does not take, or stands
 * twice.
 */
export function parseCommand(command: Command, args: readonly string[]): CommandLine {
  const flags = [...command.flags, ...COMMON_FLAGS];
  const switches = flags.filter(({ value }) => value === undefined).map(({ name }) => name);
  const valued = flags.filter(({ value }) => value !== undefined).map(({ name }) => name);
  const texts: readonly string[] = [...valued, "_"];
  const parsed = parseArgs([...args], {
    boolean: switches,
    string: texts,
    collect: valued,
    unknown: (argument, key) => {
      if (key !== undefined) throw unknownFlag(argument, { command, names: [...switches, ...valued] });
    },
  });
  const found: Readonly<Record<string, unknown>> = parsed;
  const values = (name: string) => toList(found[name]);
  for (const { name, repeatable } of flags.filter(({ value }) => value !== undefined)) {
    if (values(name).includes("")) {
      throw new InputError(`Cannot read --${name}: it needs a value, found none`);
    }
    if (!repeatable && values(name).length > 1) {
      throw new InputError(
        `Cannot read --${name}: it may be given once, found ${values(name).join(" and ")}`,
      );
    }
  }
  const operands = parsed._.map(String);
  if (command.operands === "" && operands.length > 0) {
    throw new InputError(`Cannot use "${operands[0]}": ${command.name} takes flags only`);
  }
  const blank = operands.indexOf("");
  if (blank !== -1) {
    throw new InputError(
      `Cannot read ${command.operands}: operand ${
        blank + 1
      } of ${command.name} must name something, found an empty text`,
    );
  }
  return {
    operands,
    values,
    value: (name) => values(name)[0],
    has: (name) => found[name] === true,
  };
}

interface UnknownFlag {
  readonly command: Command;
  readonly names: readonly string[];
}

function unknownFlag(argument: string, { command, names }: UnknownFlag): InputError {
  const flag = argument.replace(/=.*$/s, "");
  const suggestion = nearest(flag.replace(/^-+/, ""), names);
  return new InputError(
    `Cannot use ${flag}: ${command.name} has no such flag` +
      (suggestion === null ? `, see ${command.name} --help` : meant(`--${suggestion}`)),
  );
}

function meant(suggestion: string | null): string {
  return suggestion === null ? "" : `; did you mean ${suggestion}?`;
}

function toList(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
