import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import { type LoadedExperiment, loadExperiment } from "../../runner/plan/load_experiment.ts";
import type { CommandLine } from "./command.ts";
import { TRUST_FLAG } from "./flags.ts";

/** Returns the folder of results. */
export function resultsDir(line: CommandLine): string {
  return line.value("results") ?? "results";
}

/**
 * Loads the experiment files and sets the fields of `--set`.
 *
 * @throws {InputError} If there is no file, one of them is wrong, or `--set` stands without `--results`.
 */
export async function loadFiles(
  files: readonly string[],
  { line }: { readonly line: CommandLine },
): Promise<readonly LoadedExperiment[]> {
  if (files.length === 0) {
    throw new InputError(
      "Cannot run experiments: it must be told which, found no file; try experiments/mnist_quickstart.ts",
    );
  }
  const overrides = readPairs(line, "set").map(([path, value]) => ({ path, value }));
  if (overrides.length > 0 && line.value("results") === undefined) {
    throw new InputError(
      "Cannot use --set: results of changed fields must not take the place of the experiment's own, " +
        "found no --results DIR",
    );
  }
  const loaded: LoadedExperiment[] = [];
  for (const file of files) {
    loaded.push(await loadExperiment(file, { overrides, isTrusted: line.has(TRUST_FLAG.name) }));
  }
  return loaded;
}

/** Returns the `name=value` pairs of a repeatable flag. */
export function readPairs(line: CommandLine, flag: string): readonly (readonly [string, string])[] {
  return line.values(flag).map((text) => {
    const equals = text.indexOf("=");
    if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
    throw new InputError(`Cannot read --${flag}: it must be NAME=VALUE, found ${quoted(text)}`);
  });
}

/**
 * Returns the whole number of a flag, or undefined if it was not given.
 *
 * @throws {InputError} If it is no whole number of at least `min`, which is 1 by default.
 */
export function readCount(
  line: CommandLine,
  flag: string,
  { min = 1 }: { readonly min?: number } = {},
): number | undefined {
  const text = line.value(flag);
  if (text === undefined) return undefined;
  const count = Number(text);
  if (text.trim() !== "" && Number.isInteger(count) && count >= min) return count;
  throw new InputError(
    `Cannot read --${flag}: it must be a whole number of at least ${min}, found ${quoted(text)}`,
  );
}

/**
 * Returns the value of a flag that takes one of a few, or undefined if it was not given.
 *
 * @throws {InputError} If it is none of them.
 */
export function readChoice<T extends string>(
  line: CommandLine,
  flag: string,
  choices: readonly T[],
): T | undefined {
  const text = line.value(flag);
  const choice = choices.find((candidate) => candidate === text);
  if (choice !== undefined || text === undefined) return choice;
  throw new InputError(
    `Cannot read --${flag}: it must be one of ${choices.join(", ")}, found ${quoted(text)}`,
  );
}
