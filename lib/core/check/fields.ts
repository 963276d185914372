import { escapeUnprintable } from "../text/unprintable.ts";
import { InputError } from "./errors.ts";

/** A condition on the value of a field. */
export interface Rule {
  /** Completes "must be ...". */
  readonly expected: string;
  accepts(value: unknown): boolean;
}

/** The required and the optional fields of an object. */
export interface Fields {
  readonly required?: Readonly<Record<string, Rule>>;
  readonly optional?: Readonly<Record<string, Rule>>;
  /** Whether the object may have other fields. Default: false. */
  readonly others?: boolean;
}

/** The location of an object, for messages. */
export interface FieldsPlace {
  /** Completes "Cannot ...:". */
  readonly action: string;
  /** The path of the object, such as "solver.optimizer"; "" for the outermost. */
  readonly path: string;
}

/**
 * Checks that a value is an object with the given fields only, and that each follows its rule.
 *
 * @throws {InputError} With the path of the first wrong field, and its value.
 */
export function checkFields(value: unknown, place: FieldsPlace & Fields): void {
  const { action, path, required = {}, optional = {}, others = false } = place;
  if (!isRecord(value)) {
    throw new InputError(`Cannot ${action}: ${path || "it"} must be an object${found(value)}`);
  }
  for (const name of others ? [] : Object.keys(value)) {
    if (Object.hasOwn(required, name) || Object.hasOwn(optional, name)) continue;
    const known = Object.keys({ ...required, ...optional }).join(", ");
    const shown = /^\w{1,60}$/.test(name) ? name : show(name);
    throw new InputError(`Cannot ${action}: ${join(path, shown)} is not a field, the fields are ${known}`);
  }
  for (const name of Object.keys(required)) checkField(value[name], required[name], { action, path, name });
  for (const name of Object.keys(optional)) {
    if (value[name] !== undefined) checkField(value[name], optional[name], { action, path, name });
  }
}

function checkField(
  field: unknown,
  rule: Rule,
  { action, path, name }: FieldsPlace & { readonly name: string },
): void {
  if (rule.accepts(field)) return;
  throw new InputError(
    `Cannot ${action}: ${join(path, name)} must be ${rule.expected}${found(field)}`,
  );
}

/** Returns the end of a message: the value that was found, unless it is undefined. */
function found(value: unknown): string {
  return value === undefined ? "" : `, found ${show(value)}`;
}

/** Any value: the field is checked elsewhere. */
export const anything: Rule = { expected: "given", accepts: (value) => value !== undefined };

export const aBoolean: Rule = { expected: "true or false", accepts: (value) => typeof value === "boolean" };

/** A whole number from min on, exact in float64. */
export function wholeNumber({ min }: { readonly min: number }): Rule {
  return {
    expected: `a whole number from ${min} on`,
    accepts: (value) => Number.isSafeInteger(value) && (value as number) >= min,
  };
}

/** A finite number that meets a condition; `expected` describes it. */
export function numberWhere(expected: string, holds: (value: number) => boolean): Rule {
  return {
    expected,
    accepts: (value) => typeof value === "number" && Number.isFinite(value) && holds(value),
  };
}

/** One of a few values. */
export function oneOf(...values: readonly (string | null)[]): Rule {
  const texts = values.map((value) => JSON.stringify(value));
  return {
    expected: texts.length === 1 ? texts[0] : `${texts.slice(0, -1).join(", ")} or ${texts.at(-1)}`,
    accepts: (value) => values.includes(value as string | null),
  };
}

/** Either of two rules. */
export function either(first: Rule, second: Rule): Rule {
  return {
    expected: `${first.expected} or ${second.expected}`,
    accepts: (value) => first.accepts(value) || second.accepts(value),
  };
}

/** A list whose elements all follow a rule. */
export function listOf(rule: Rule): Rule {
  return {
    expected: `a list, each element ${rule.expected}`,
    // `every` skips the holes of a list.
    accepts: (value) => Array.isArray(value) && Array.from(value).every((element) => rule.accepts(element)),
  };
}

/** Any text. */
export const aText: Rule = { expected: "a text", accepts: (value) => typeof value === "string" };

/** Any number but NaN and the infinities. */
export const aNumber = numberWhere("a finite number", () => true);

/** A number from 0 to 1. */
export const aFraction = numberWhere("a fraction", (value) => value >= 0 && value <= 1);

/** A count, or an index from 0. */
export const aCount = wholeNumber({ min: 0 });

/** An object with any fields. */
export const anObject: Rule = {
  expected: "an object",
  accepts: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/** A text that is not empty. */
export const someText: Rule = {
  expected: "a text that is not empty",
  accepts: (value) => typeof value === "string" && value !== "",
};

/** A SHA-256, as hexadecimal digits. */
export const aSha256: Rule = {
  expected: "a SHA-256",
  accepts: (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value),
};

/** Returns a value as text for a message, cut at 60 characters. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return String(value);
  if (typeof value === "function") return "a function";
  const text = escapeUnprintable(spell(value));
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

function spell(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  try {
    if (hasNoText(value)) return `a ${Object.prototype.toString.call(value).slice("[object ".length, -1)}`;
    return JSON.stringify(value, spellElement) ?? String(value);
  } catch (error) {
    // JSON.parse reads lists that are nested thousands deep, but JSON.stringify overflows the stack on them.
    return error instanceof RangeError
      ? "a value that is nested too deep to show"
      : "a value that contains itself or cannot be read";
  }
}

/** JSON would write a promise or a map as an object without fields. */
function hasNoText(value: unknown): boolean {
  return typeof value === "object" && value !== null && !isRecord(value) && !Array.isArray(value) &&
    !("toJSON" in value);
}

/** JSON would write NaN, the infinities and unsupported types as null, or omit them. */
function spellElement(_key: string, value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  return value === undefined || typeof value === "symbol" ? String(value) : value;
}

/** A date, a map or a promise has no fields of its own, and would look like an empty object. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === "[object Object]";
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
