import { InputError } from "../../core/check/errors.ts";
import { quoted, quotedList } from "../../core/text/quoted.ts";
import { isDecimal, isWhole } from "./decimal.ts";

/**
 * The `header` of a spec: the first line has the names (true) or is a row (false), or the names that the file lacks.
 */
export type HeaderRule = boolean | readonly string[];

/** Options of {@link columnNames}. */
export interface NamesPlace {
  readonly file: string;
  /** The line of the first record, from 1. */
  readonly line: number;
  /** Default: the first line has the names, which is an error if it looks like a row. */
  readonly header?: HeaderRule;
  /** Name of the column with the class, if one is required. */
  readonly label?: string;
  /** Name of the column with the groups, if one is required. */
  readonly groups?: string;
  /** Names of columns that are not used. Default: none. */
  readonly drop?: readonly string[];
  /** Returns whether a field is a number, as the table has them. Default: one with a point. */
  readonly isNumber?: (field: string) => boolean;
  /** The remedy for a first line of numbers. Default: {@link headerRemedy}. */
  readonly remedy?: string;
  /**
   * Whether columns without a name or with equal names are accepted, since the reader needs other columns. Default:
   * false.
   */
  readonly isLenient?: boolean;
}

/**
 * Returns the names of a table's columns: those of its first record, or those of the spec instead.
 *
 * @throws {InputError} If a column has no name or two have the same, or if the first record is no header.
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

/** Returns the remedy for a file without a header: how to declare it. */
export function headerRemedy(first: readonly string[]): string {
  return `if the file has no header, declare header: false (its columns are then column1 to column${first.length}) ` +
    "or header: [...] with their names, and if these are the names, header: true";
}

/** Returns whether most fields of a record are numbers. */
export function isMostlyNumbers(first: readonly string[], isNumber = isDecimal): boolean {
  return first.filter(isNumber).length * 2 > first.length;
}

/**
 * Returns whether all names of features are numbers, or most are and the others could not be names. A data frame
 * without names numbers its columns from 0 or 1: such a line counts as a header if the label has a name.
 */
function looksLikeRow(
  first: readonly string[],
  { label, groups, isNumber = isDecimal }: NamesPlace,
): boolean {
  const features = first.filter((name) => (name !== label && name !== groups) || isNumber(name));
  if (!isMostlyNumbers(features, isNumber)) return false;
  if (features.every(isNumber)) {
    const counts = [0, 1].some((start) => features.every((name, i) => name === String(start + i)));
    return !(counts && features.length < first.length);
  }
  const isNoName = (name: string) => name.trim() === "" || name === "?" || (isNumber(name) && !isWhole(name));
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
