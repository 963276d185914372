import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";

/**
 * What the value of a flag lets a command do: read what it names, write it, write a file there, connect to it; or start
 * the program that opens reports, trace with the code of both sides, or ask git and Deno what changed.
 */
export type FlagGrant = "read" | "write" | "writeFile" | "net" | "opener" | "locate" | "changes";

/** What help and guides say of a flag, and what it permits. */
export interface FlagText {
  /** One line for the help. */
  readonly about: string;
  /** Markdown that the guides add. Default: nothing. */
  readonly more?: string;
  /** Default: nothing. */
  readonly grants?: FlagGrant;
  /** Whether the command needs it. Default: false. */
  readonly isRequired?: boolean;
}

/** A flag of the command line whose value is read as a T. */
export interface Flag<T = unknown> extends FlagText {
  /** Without the hyphens. */
  readonly name: string;
  /** What its value is called in help; null for a switch. */
  readonly value: string | null;
  readonly isRepeatable: boolean;
  /** Whether it may be given without its value, which is then an empty text. Default: false. */
  readonly isValueOptional?: boolean;
  /**
   * Returns the value of the texts that were given: none if the flag was not, at most one unless it is repeatable.
   *
   * @throws {InputError} If one of them is wrong.
   */
  readonly read: (texts: readonly string[]) => T;
}

interface ValueText extends FlagText {
  readonly value: string;
}

/** Returns a flag without a value, which is given or not. */
export function toggle(name: string, text: FlagText): Flag<boolean> {
  return { ...text, name, value: null, isRepeatable: false, read: (texts) => texts.length > 0 };
}

/** Returns a flag whose value is any text, or the result of `parse`. */
export function value(name: string, text: ValueText): Flag<string | undefined>;
export function value<T>(
  name: string,
  text: ValueText & { readonly parse: (text: string) => T },
): Flag<T | undefined>;
export function value<T>(
  name: string,
  { parse, ...text }: ValueText & { readonly parse?: (text: string) => T },
): Flag<T | string | undefined> {
  const read = ([given]: readonly string[]) => given === undefined || !parse ? given : parse(given);
  return { ...text, name, isRepeatable: false, read };
}

/** Returns a flag whose value may be left out; it is then an empty text, and undefined where the flag is not given. */
export function optionalValue(name: string, text: ValueText): Flag<string | undefined> {
  return { ...text, name, isRepeatable: false, isValueOptional: true, read: ([given]) => given };
}

/** Returns a flag whose value is a number above 0. */
export function positive(name: string, text: ValueText): Flag<number | undefined> {
  const parse = (given: string) => {
    const number = Number(given);
    if (given.trim() !== "" && number > 0 && Number.isFinite(number)) return number;
    throw new InputError(`Cannot read --${name}: it must be a number above 0, found ${quoted(given)}`);
  };
  return value(name, { ...text, parse });
}

/** Returns a flag whose value is a whole number of at least `min`, which is 1 by default. */
export function count(
  name: string,
  { min = 1, ...text }: ValueText & { readonly min?: number },
): Flag<number | undefined> {
  const parse = (given: string) => {
    const number = Number(given);
    if (given.trim() !== "" && Number.isInteger(number) && number >= min) return number;
    throw new InputError(
      `Cannot read --${name}: it must be a whole number of at least ${min}, found ${quoted(given)}`,
    );
  };
  return value(name, { ...text, parse });
}

/** Returns a flag whose value is a number from 0 on: how much of a metric, a fraction where an accuracy decides. */
export function amount(name: string, text: FlagText): Flag<number | undefined> {
  const parse = (given: string) => readAmount(given, { name, otherwise: "" });
  return value(name, { ...text, value: "AMOUNT", parse });
}

/** Returns a flag whose value is such a number, or "auto". */
export function amountOrAuto(name: string, text: FlagText): Flag<number | "auto" | undefined> {
  const parse = (given: string) =>
    given === "auto" ? given : readAmount(given, { name, otherwise: ", or auto" });
  return value(name, { ...text, value: "AMOUNT|auto", parse });
}

function readAmount(
  given: string,
  { name, otherwise }: { readonly name: string; readonly otherwise: string },
): number {
  const number = Number(given);
  if (given.trim() !== "" && number >= 0 && number < Infinity) return number;
  throw new InputError(
    `Cannot read --${name}: it must be a number from 0 on${otherwise}, found ${quoted(given)}`,
  );
}

/** Returns a flag whose value is one of a few. */
export function choice<T extends string>(
  name: string,
  { choices, ...text }: FlagText & { readonly choices: readonly T[] },
): Flag<T | undefined> {
  const parse = (given: string) => {
    const found = choices.find((candidate) => candidate === given);
    if (found !== undefined) return found;
    throw new InputError(
      `Cannot read --${name}: it must be one of ${choices.join(", ")}, found ${quoted(given)}`,
    );
  };
  return value(name, { ...text, value: choices.join("|"), parse });
}

/** Returns a flag that may be given more than once, with a text each time. */
export function texts(name: string, text: ValueText): Flag<readonly string[]> {
  return { ...text, name, isRepeatable: true, read: (given) => given };
}

/** Returns a flag that may be given more than once, with NAME=VALUE each time. */
export function pairs(name: string, text: ValueText): Flag<readonly (readonly [string, string])[]> {
  const read = (given: readonly string[]) => given.map((pair) => parsePair(name, pair));
  return { ...text, name, isRepeatable: true, read };
}

function parsePair(name: string, pair: string): readonly [string, string] {
  const equals = pair.indexOf("=");
  if (equals > 0) return [pair.slice(0, equals), pair.slice(equals + 1)];
  throw new InputError(`Cannot read --${name}: it must be NAME=VALUE, found ${quoted(pair)}`);
}

/** Returns a flag that has a value also where it is not given. */
export function withDefault<T>(flag: Flag<T | undefined>, otherwise: () => T): Flag<T> {
  return { ...flag, read: (given) => flag.read(given) ?? otherwise() };
}
