import { InputError } from "../../core/check/errors.ts";
import { quoted, quotedList } from "../../core/text/quoted.ts";
import { isDecimal, isWhole } from "./decimal.ts";

/** What a spec says of a file's first line: names (true), a row (false), or the names that the file lacks. */
export type HeaderRule = boolean | readonly string[];

/** Where names stand, and what they are to be. */
export interface NamesPlace {
  readonly file: string;
  /** The line of the first record, from 1. */
  readonly line: number;
  /** Default: names, unless they all look like numbers. */
  readonly header?: HeaderRule;
  /** Name of the column that holds the class, where one must. */
  readonly label?: string;
  /** What to do about a first line of numbers. Default: what {@link headerRemedy} says. */
  readonly remedy?: string;
  /** Whether columns may be without a name or share one: their reader needs others. Default: false. */
  readonly isLenient?: boolean;
}

/**
 * Returns the names of a table's columns: those of its first record, or those that the spec gives in their place.
 *
 * @throws {InputError} If a column has no name or that of another, or if the first record is no header.
 */
export function columnNames(first: readonly string[], place: NamesPlace): readonly string[] {
  const { header: rule, remedy = headerRemedy(first), isLenient = false } = place;
  if (rule === false) return first.map((_, at) => `column${at + 1}`);
  if (Array.isArray(rule)) {
    if (rule.length === first.length) return rule;
    fail(place, `it must have the ${rule.length} columns that data.header names, found ${first.length}`);
  }
  if (rule === undefined && looksLikeRow(first, place)) {
    fail(place, `the columns must be named, found numbers, ${quotedList(first)}; ${remedy}`);
  }
  if (!isLenient) checkNames(first, place);
  return first;
}

/** Returns how to say that a file has no header. */
export function headerRemedy(first: readonly string[]): string {
  return `if the file has no header, declare header: false (its columns are then column1 to column${first.length}) ` +
    "or header: [...] with their names, and if these are the names, header: true";
}

/** Returns whether most of a record are numbers. */
export function isMostlyNumbers(first: readonly string[]): boolean {
  return first.filter(isDecimal).length * 2 > first.length;
}

/**
 * Every feature is named by a number, or most are and the rest could not be names. A data frame without names counts its
 * columns, from 0 or from 1: such a header is taken for one if the label has a name.
 */
function looksLikeRow(first: readonly string[], { label }: NamesPlace): boolean {
  const features = first.filter((name) => name !== label || isDecimal(name));
  if (!isMostlyNumbers(features)) return false;
  if (features.every(isDecimal)) {
    const counts = [0, 1].some((start) => features.every((name, i) => name === String(start + i)));
    return !(counts && features.length < first.length);
  }
  const isNoName = (name: string) =>
    name.trim() === "" || name === "?" || (isDecimal(name) && !isWhole(name));
  return features.some(isNoName) || new Set(features).size < features.length;
}

function checkNames(names: readonly string[], place: NamesPlace): void {
  const blank = names.findIndex((name) => name.trim() === "");
  if (blank !== -1) {
    fail(
      place,
      `column ${blank + 1} must have a name, found ${quoted(names[blank])}; ${guess(names, blank)}`,
    );
  }
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) fail(place, `a column must be named once, found ${quoted(name)} twice`);
    seen.add(name);
  }
}

function guess(names: readonly string[], blank: number): string {
  if (blank === 0) {
    return "it is probably a data frame's index, which pandas leaves out by to_csv(..., index=False) and R by " +
      "write.csv(..., row.names = FALSE)";
  }
  return blank === names.length - 1
    ? "the line probably ends in a separator too many"
    : "name it, or take it out of the file";
}

function fail({ file, line }: NamesPlace, what: string): never {
  throw new InputError(`Cannot read data: ${file} line ${line}: ${what}`);
}
