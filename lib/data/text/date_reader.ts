import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import { daysInMonth, daysOf } from "./date_parts.ts";

/** Returns the time of a text in days since 1970-01-01, with the time of day as a fraction; null if it is none. */
export type DateReader = (text: string) => number | null;

/** `+01:00`, `+0100` or `+01` after a time are subtracted, so that equal moments are equal numbers. */
const ISO =
  /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|([+-])(\d{2}):?(\d{2})?)?)?\s*$/;

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** The tokens of a format of dates. */
export const DATE_TOKEN = /YYYY|MMM|MM|M|DD|D|HH|mm|ss/g;
const PATTERNS: Readonly<Record<string, string>> = {
  YYYY: "(\\d{4})",
  MMM: "([A-Za-z]{3,9})",
  MM: "(\\d{2})",
  M: "(\\d{1,2})",
  DD: "(\\d{2})",
  D: "(\\d{1,2})",
  HH: "(\\d{2})",
  mm: "(\\d{2})",
  ss: "(\\d{2})",
};

/**
 * Returns the reader of dates of a format, made of the tokens YYYY, MM (M without a zero before it), MMM (an English
 * name, whole or its first three letters), DD (D), HH, mm and ss; anything else stands for itself.
 *
 * Default: ISO 8601, such as "2024-02-29", "2024-02-29T13:05:00Z" or "2024-02-29 13:05". A day that does not exist is no date;
 * neither is 24:00 or a leap second.
 *
 * @throws {InputError} If the format lacks the year, the month or the day, or has one of its parts twice.
 */
export function dateReader(format?: string): DateReader {
  if (format === undefined) return readIso;
  const tokens: readonly string[] = format.match(DATE_TOKEN) ?? [];
  const parts = tokens.map((token) => token.startsWith("M") ? "M" : token[0]);
  const wrong = ["Y", "M", "D"].some((part) => !parts.includes(part)) || new Set(parts).size < parts.length;
  if (wrong) {
    throw new InputError(
      `Cannot read data: a format of dates must have YYYY, MM and DD, each once, such as "DD.MM.YYYY", found ${
        quoted(format)
      }`,
    );
  }
  const literals = format.split(DATE_TOKEN).map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  const body = literals.map((text, i) => text + (i < tokens.length ? PATTERNS[tokens[i]] : "")).join("");
  const pattern = new RegExp(`^\\s*${body}\\s*$`);
  const at = (part: string) => parts.indexOf(part) + 1;
  const [year, month, day, hour, minute, second] = ["Y", "M", "D", "H", "m", "s"].map(at);
  const hasName = tokens.includes("MMM");
  return (text) => {
    const found = pattern.exec(text);
    if (found === null) return null;
    const number = (group: number) => group === 0 ? 0 : Number(found[group]);
    return daysOfTime({
      year: number(year),
      month: hasName ? monthOf(found[month]) : number(month),
      day: number(day),
      hour: number(hour),
      minute: number(minute),
      second: number(second),
    });
  };
}

function readIso(text: string): number | null {
  const found = ISO.exec(text);
  if (found === null) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction, , sign, hours, minutes = "0"] =
    found;
  const days = daysOfTime({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(fraction === undefined ? second : `${second}.${fraction}`),
  }, sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1));
  return sign !== undefined && (Number(hours) > 23 || Number(minutes) > 59) ? null : days;
}

/** A time of a day, of a time zone that is not said. */
export interface Time {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Returns the days of a time since 1970-01-01, or null if there is no such time. */
export function daysOfTime({ hour, minute, second, ...date }: Time, aheadMinutes = 0): number | null {
  const { year, month, day } = date;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  if (hour > 23 || minute > 59 || second >= 60) return null;
  const seconds = (hour * 60 + minute - aheadMinutes) * 60 + second;
  // A whole day keeps no rounding error.
  return seconds === 0 ? daysOf(date) : (daysOf(date) * 86_400 + seconds) / 86_400;
}

/** Returns the number of a month from its English name, or 0 if it is none. */
function monthOf(name: string): number {
  const lower = name.toLowerCase();
  const month = MONTHS.indexOf(lower.slice(0, 3)) + 1;
  const isWhole = lower.length === 3 || lower === "sept" || FULL_NAMES[month - 1] === lower;
  return isWhole ? month : 0;
}

const FULL_NAMES = [
  ...["january", "february", "march", "april", "may", "june", "july", "august", "september", "october"],
  ...["november", "december"],
];
