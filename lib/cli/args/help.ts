import { table } from "../terminal/table.ts";
import type { Command, Flag } from "./command.ts";
import { COMMON_FLAGS } from "./flags.ts";
import { findCommand } from "./parse_command.ts";

const HELP: Flag = { name: "help", about: "show this text" };

const EXIT_CODES = [
  ["0", "good"],
  ["1", "an accuracy or a bit is not what it was"],
  ["2", "wrong usage, experiment file, data or disk"],
  ["3", "a baseline is missing, damaged or obsolete"],
  ["4", "a trial failed or diverged"],
  ["6", "a run or a merge is incomplete"],
  ["70", "a fault of Seedbed"],
  ["130", "interrupted; what has ended is kept"],
];

/**
 * Returns the help that a command line asks for, or null if it asks for none.
 *
 * @throws {InputError} If it asks for that of a command that there is not.
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
export function generalHelp(commands: readonly Command[]): string {
  const rows = commands.map(({ name, operands, about }) => [`  ${name} ${operands}`.trimEnd(), about]);
  return "Seedbed runs reproducible experiments: same seed, same bits.\n\n" +
    "Usage: deno task COMMAND [FLAGS]\n\n" +
    `${table(rows)}\n` +
    `Exit codes:\n${table(EXIT_CODES.map(([code, about]) => [`  ${code}`, about]))}\n` +
    "`deno task COMMAND --help` lists a command's flags.\n";
}

function commandHelp({ name, about, operands, flags }: Command): string {
  const rows = [...flags, ...COMMON_FLAGS, HELP].map((flag) => [`  ${flagText(flag)}`, flag.about]);
  return `Usage: deno task ${[name, "[FLAGS]", operands].join(" ").trim()}\n\n` +
    `${about[0].toUpperCase()}${about.slice(1)}.\n\nFlags:\n${table(rows)}`;
}

function flagText({ name, value, repeatable }: Flag): string {
  return `--${name}${value === undefined ? "" : ` ${value}`}${repeatable ? " …" : ""}`;
}
