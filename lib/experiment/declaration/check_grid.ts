import { InputError } from "../../core/check/errors.ts";
import { checkFields, numberWhere, type Rule, show } from "../../core/check/fields.ts";
import { differingExcerpts } from "../../core/text/differing_excerpts.ts";
import { formatFloat64 } from "../../core/text/number_text.ts";
import type { AxisValue } from "../trial/trial.ts";
import { checkText } from "./check_text.ts";
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
  for (const [axis, values] of Object.entries(grid as Record<string, readonly AxisValue[]>)) {
    checkAxisName(axis, { action });
    values.forEach((value, index) => {
      if (typeof value === "string") checkText(value, { action, path: `grid.${axis}[${index}]` });
    });
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
  expected: "a list of at least one number, text, boolean or null",
  accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(isAxisValue),
};

function isAxisValue(value: unknown): boolean {
  return value === null || typeof value === "string" || typeof value === "boolean" || aNumber.accepts(value);
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
function checkReadDifferently(values: readonly AxisValue[], { axis, action }: AxisPlace): void {
  const seen = new Map<string, AxisValue>();
  for (const value of values) {
    const reading = readingOf(value);
    const earlier = seen.get(reading);
    if (earlier === undefined) seen.set(reading, value);
    else if (!Object.is(earlier, value)) {
      const [one, other] = differingExcerpts([describe(earlier), describe(value)], { letters: MOST_LETTERS });
      throw new InputError(
        `Cannot ${action}: grid.${axis} must have values that read differently, found ${one} and ${other}`,
      );
    }
  }
}

/** Returns a value as a reader sees it: letters that look alike are equal, and several spaces count as one. */
function readingOf(value: AxisValue): string {
  if (typeof value === "number") return formatFloat64(value === 0 ? 0 : value);
  if (typeof value !== "string") return String(value);
  return value.normalize("NFC").replace(/\p{Default_Ignorable_Code_Point}/gu, "").replace(/\s+/g, " ").trim();
}

function describe(value: AxisValue): string {
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
