import { parseArgs } from "@std/cli";
import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import type { Command, CommandLine } from "./command.ts";
import type { Flag } from "./flag.ts";
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
 * Parses the arguments after a command's name.
 *
 * @throws {InputError} If a flag is unknown, lacks its value, has one that it does not take, or is given twice.
 */
export function parseCommand(command: Command, args: readonly string[]): CommandLine {
  const flags = [...command.flags, ...COMMON_FLAGS];
  const names = (isSwitch: boolean) =>
    flags.filter(({ value }) => (value === null) === isSwitch).map(({ name }) => name);
  const [switches, valued] = [names(true), names(false)];
  const strings: readonly string[] = [...valued, "_"];
  const parsed = parseArgs([...args], {
    boolean: switches,
    string: strings,
    collect: valued,
    unknown: (argument, key) => {
      if (key !== undefined) throw unknownFlag(argument, { command, names: [...switches, ...valued] });
    },
  });
  const found: Readonly<Record<string, unknown>> = parsed;
  const texts = ({ name }: Flag) => toTexts(found[name]);
  for (const flag of flags) checkTexts(flag, texts(flag));
  const operands = parsed._.map(String);
  checkOperands(operands, command);
  return {
    operands,
    texts,
    get: (flag) => flag.read(texts(flag)),
    has: (flag) => texts(flag).length > 0,
  };
}

/** A switch that was given is true, one that was not is false; other flags have a list of texts. */
function toTexts(found: unknown): readonly string[] {
  if (found === true) return [""];
  return Array.isArray(found) ? found.map(String) : [];
}

function checkTexts(flag: Flag, texts: readonly string[]): void {
  const { name, value, isRepeatable, isValueOptional = false } = flag;
  if (value !== null && !isValueOptional && texts.includes("")) {
    throw new InputError(`Cannot read --${name}: it needs a value`);
  }
  if (!isRepeatable && texts.length > 1) {
    throw new InputError(`Cannot read --${name}: it may be given once, found ${texts.join(" and ")}`);
  }
}

function checkOperands(operands: readonly string[], command: Command): void {
  if (command.operands === "" && operands.length > 0) {
    throw new InputError(`Cannot use "${operands[0]}": ${command.name} takes flags only`);
  }
  const blank = operands.indexOf("");
  if (blank === -1) return;
  throw new InputError(
    `Cannot read ${command.operands}: operand ${blank + 1} of ${command.name} must not be empty`,
  );
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
