import type { DatePart } from "../../data/base/column_spec.ts";
import type { Arithmetic, Term } from "./onnx_arithmetic.ts";

const MILLISECONDS = 86_400_000;
const HOUR = 3_600_000;

/** Parts of a date in a graph. */
export interface DateFields {
  readonly year: Term;
  readonly month: Term;
  readonly day: Term;
}

/**
 * Adds the days from 1970-01-01 to a day of the Gregorian calendar; NaN where the month has no such day.
 *
 * The steps are those of `daysOf` in `lib/data/text/date_parts.ts`; all numbers are whole and small, so that double is
 * exact.
 */
export function addDaysOf(math: Arithmetic, { year, month, day }: DateFields): string {
  const { add, subtract, multiply, whole, atMost, where, toNumber } = math;
  const isEarly = atMost(month, 2);
  const years = subtract(year, toNumber(isEarly));
  const cycle = whole(years, 400);
  const yearOfCycle = subtract(years, multiply(cycle, 400));
  const monthFromMarch = add(month, where(isEarly, 9, -3));
  const dayFromMarch = add(whole(add(multiply(monthFromMarch, 153), 2), 5), subtract(day, 1));
  const leaps = subtract(whole(yearOfCycle, 4), whole(yearOfCycle, 100));
  const dayOfCycle = add(add(multiply(yearOfCycle, 365), leaps), dayFromMarch);
  const days = add(multiply(cycle, 146_097), subtract(dayOfCycle, 719_468));
  return where(atMost(day, addDaysInMonth(math, { year, month })), days, NaN);
}

function addDaysInMonth(math: Arithmetic, { year, month }: Omit<DateFields, "day">): string {
  const { add, subtract, multiply, whole, equal, where, toNumber } = math;
  const rest = (term: Term, by: number) => subtract(term, multiply(whole(term, by), by));
  const divides = (by: number) => toNumber(equal(rest(year, by), 0));
  const isLeap = add(subtract(divides(4), divides(100)), divides(400));
  // From August on, the months of 31 days are the even ones.
  const others = add(rest(add(month, whole(month, 8)), 2), 30);
  return where(equal(month, 2), add(isLeap, 28), others);
}

/**
 * Adds parts of a time in days since 1970-01-01, as `dateParts` in `lib/data/text/date_parts.ts` computes them.
 *
 * Source: Hinnant, "chrono-compatible low-level date algorithms".
 */
export function addDateParts(
  math: Arithmetic,
  days: string,
): Readonly<Record<Exclude<DatePart, "days">, string>> {
  const { add, subtract, multiply, floor, whole, atMost, where, toNumber } = math;
  const start = floor(days);
  const milliseconds = floor(add(multiply(subtract(days, start), MILLISECONDS), 0.5));
  const carry = whole(milliseconds, MILLISECONDS);
  const today = add(start, carry);
  const shifted = add(today, 719_468);
  const cycle = whole(shifted, 146_097);
  const dayOfCycle = subtract(shifted, multiply(cycle, 146_097));
  const leaps = add(
    subtract(whole(dayOfCycle, 1460), whole(dayOfCycle, 36_524)),
    whole(dayOfCycle, 146_096),
  );
  const yearOfCycle = whole(subtract(dayOfCycle, leaps), 365);
  const leapDays = subtract(whole(yearOfCycle, 4), whole(yearOfCycle, 100));
  const dayFromMarch = subtract(dayOfCycle, add(multiply(yearOfCycle, 365), leapDays));
  const monthFromMarch = whole(add(multiply(dayFromMarch, 5), 2), 153);
  const monthStart = whole(add(multiply(monthFromMarch, 153), 2), 5);
  const month = add(monthFromMarch, where(atMost(monthFromMarch, 9), 3, -9));
  const year = add(add(yearOfCycle, multiply(cycle, 400)), toNumber(atMost(month, 2)));
  const first = addDaysOf(math, { year, month: 1, day: 1 });
  const sinceMonday = add(today, 3);
  return {
    year,
    month,
    day: add(subtract(dayFromMarch, monthStart), 1),
    weekday: add(subtract(sinceMonday, multiply(whole(sinceMonday, 7), 7)), 1),
    dayOfYear: add(subtract(today, first), 1),
    hour: whole(subtract(milliseconds, multiply(carry, MILLISECONDS)), HOUR),
  };
}
