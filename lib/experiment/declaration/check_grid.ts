import { InputError } from "../../core/check/errors.ts";
import { checkFields, numberWhere, type Rule, show } from "../../core/check/fields.ts";
import { canonicalJson, type Json } from "../../core/numbers/digest.ts";
import { differingExcerpts } from "../../core/text/differing_excerpts.ts";
import { formatFloat64 } from "../../core/text/number_text.ts";
import type { AxisValue } from "../trial/trial.ts";
import { type Axes, axisLabel, axisValue, type DeclaredValue } from "./axis_label.ts";
import { checkTexts } from "./check_text.ts";
import { givenLabel } from "./labelled.ts";
import { MOST_TRIALS } from "./grid.ts";

/**
 * Checks the axes of a grid: their names, and that the values of each look different in tables.
 *
 * @throws {InputError} With the axis and the wrong value.
 */
export function checkGrid(grid: unknown, { action }: { readonly action: string }): void {
  checkInheritsNothing(grid, { action });
  const axes = Object.keys(grid ?? {});
  if (axes.length > MOST_AXES) {
    throw new InputError(`Cannot ${action}: grid must have at most ${MOST_AXES} axes, found ${axes.length}`);
  }
  for (const axis of axes) checkAxisLength((grid as Record<string, unknown>)[axis], { axis, action });
  const required = Object.fromEntries(axes.map((axis) => [axis, anAxis]));
  checkFields(grid, { action, path: "grid", required });
  for (const [axis, values] of Object.entries(grid as Axes)) {
    checkAxisName(axis, { action });
    values.forEach((value, index) =>
      checkTexts(axisValue(value), { action, path: `grid.${axis}[${index}]` })
    );
    checkReadDifferently(values, { axis, action });
  }
}

interface AxisPlace {
  readonly axis: string;
  readonly action: string;
}

const MOST_LETTERS = 80;

/** Tables and charts of more axes take minutes. */
const MOST_AXES = 1000;

const aNumber = numberWhere("", () => true);

const anAxis: Rule = {
  expected: "a list of at least one number, text, boolean, null, or list or object of these",
  accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(isAxisValue),
};

const MOST_DEPTH = 8;

/** Plain data: an object of a class, a date or a function would not be the same in another thread. */
function isAxisValue(declared: unknown): boolean {
  return isPlain(axisValue(declared as DeclaredValue), MOST_DEPTH);
}

function isPlain(value: unknown, depth: number): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value !== "object") return aNumber.accepts(value);
  if (depth === 0 || givenLabel(value) !== null) return false;
  if (Array.isArray(value)) return Array.from(value).every((item) => isPlain(item, depth - 1));
  const heritage: unknown = Object.getPrototypeOf(value);
  return (heritage === Object.prototype || heritage === null) &&
    Object.getOwnPropertySymbols(value).length === 0 &&
    Object.values(value).every((field) => isPlain(field, depth - 1));
}

/** A value of `__proto__` in a literal becomes the object's prototype. It would be an axis that nobody sees. */
function checkInheritsNothing(grid: unknown, { action }: { readonly action: string }): void {
  if (typeof grid !== "object" || grid === null || Array.isArray(grid)) return;
  const heritage: unknown = Object.getPrototypeOf(grid);
  const inherited = Array.isArray(heritage) ? ["__proto__"] : [];
  for (const axis in grid) if (!Object.hasOwn(grid, axis)) inherited.push(axis);
  if (inherited.length === 0) return;
  const found = show(inherited[0]);
  throw new InputError(
    `Cannot ${action}: each axis must be a field of grid itself, found ${found}, which it inherits`,
  );
}

/** Checks the length before each value is checked: millions of values take seconds. */
function checkAxisLength(values: unknown, { axis, action }: AxisPlace): void {
  if (Array.isArray(values) && values.length > MOST_TRIALS) {
    throw new InputError(
      `Cannot ${action}: grid.${axis} must have at most ${MOST_TRIALS} values, found ${values.length}`,
    );
  }
}

/** Axes are columns of the logs, so that their names must be plain and must not be those of other columns. */
function checkAxisName(axis: string, { action }: { readonly action: string }): void {
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(axis)) {
    const found = show(axis);
    throw new InputError(
      `Cannot ${action}: an axis must be named by letters, digits and underscores, a letter first, found ${found}`,
    );
  }
}

/**
 * Equal values would give duplicate points; values that look alike would give points that a reader cannot
 * distinguish.
 */
export function checkReadDifferently(values: readonly DeclaredValue[], { axis, action }: AxisPlace): void {
  const seen = new Map<string, DeclaredValue>();
  for (const value of values) {
    const reading = readingOf(axisLabel(value));
    const earlier = seen.get(reading);
    if (earlier === undefined) seen.set(reading, value);
    else if (!isSame(earlier, value)) {
      const [one, other] = differingExcerpts([describe(earlier), describe(value)], { letters: MOST_LETTERS });
      throw new InputError(
        `Cannot ${action}: grid.${axis} must have values that read differently, found ${one} and ${other}`,
      );
    }
  }
}

/** A scalar may stand on an axis twice; of lists and objects it is the content that counts. */
function isSame(one: DeclaredValue, other: DeclaredValue): boolean {
  const [left, right] = [one, other].map(axisValue);
  if (typeof left !== "object" || left === null || typeof right !== "object" || right === null) {
    return Object.is(left, right) && axisLabel(one) === axisLabel(other);
  }
  return canonicalJson(left as Json) === canonicalJson(right as Json);
}

/** Returns a value as a reader sees it: letters that look alike are equal, and several spaces count as one. */
function readingOf(value: AxisValue): string {
  if (typeof value === "number") return formatFloat64(value === 0 ? 0 : value);
  if (typeof value !== "string") return String(value);
  return value.normalize("NFC").replace(/\p{Default_Ignorable_Code_Point}/gu, "").replace(/\s+/g, " ").trim();
}

function describe(declared: DeclaredValue): string {
  const label = givenLabel(declared);
  const value = axisLabel(declared);
  if (label !== null) return `the label ${JSON.stringify(label)}`;
  if (typeof declared === "object" && declared !== null) {
    return `the ${Array.isArray(declared) ? "list" : "object"} ${value}`;
  }
  if (value === null) return "null";
  if (typeof value === "number") return `the number ${formatFloat64(value)}`;
  if (typeof value === "boolean") return `the boolean ${value}`;
  return `the text ${JSON.stringify(value).replace(/[^ -~]/gu, spelled)}`;
}

/** Returns the escape of a letter, since different encodings of one letter look the same. */
function spelled(letter: string): string {
  const code = letter.codePointAt(0)!.toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`;
}
