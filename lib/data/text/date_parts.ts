/** A day of the Gregorian calendar and the hour of a time. */
export interface DateParts {
  readonly year: number;
  /** From 1 (January) to 12. */
  readonly month: number;
  /** Day of the month, from 1. */
  readonly day: number;
  /** Day of the week, from 1 (Monday) to 7 (Sunday), as in ISO 8601. */
  readonly weekday: number;
  /** Day of the year, from 1 to 366. */
  readonly dayOfYear: number;
  /** Whole hour of the day, from 0 to 23; the time is rounded to milliseconds first. */
  readonly hour: number;
}

const MILLISECONDS = 86_400_000;
const HOUR = 3_600_000;
/** Days of 400 years, after which the calendar repeats. */
const DAYS_OF_CYCLE = 146_097;
/** Days from 0000-03-01 to 1970-01-01. */
const EPOCH = 719_468;

/**
 * Returns the parts of a time: days since 1970-01-01, with the time of day as a fraction.
 *
 * The calendar is the Gregorian one for all years. Source: Hinnant, "chrono-compatible low-level date algorithms".
 */
export function dateParts(days: number): DateParts {
  const floor = Math.floor(days);
  const milliseconds = Math.round((days - floor) * MILLISECONDS);
  const whole = milliseconds === MILLISECONDS ? floor + 1 : floor;
  const hour = milliseconds === MILLISECONDS ? 0 : Math.floor(milliseconds / HOUR);
  const shifted = whole + EPOCH;
  const cycle = Math.floor(shifted / DAYS_OF_CYCLE);
  const dayOfCycle = shifted - cycle * DAYS_OF_CYCLE;
  const leaps = Math.floor(dayOfCycle / 1460) - Math.floor(dayOfCycle / 36_524) +
    Math.floor(dayOfCycle / 146_096);
  const yearOfCycle = Math.floor((dayOfCycle - leaps) / 365);
  const dayFromMarch = dayOfCycle -
    (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const monthFromMarch = Math.floor((5 * dayFromMarch + 2) / 153);
  const day = dayFromMarch - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0);
  // 1970-01-01 was a Thursday.
  const weekday = modulo(whole + 3, 7) + 1;
  return { year, month, day, weekday, dayOfYear: whole - daysOf({ year, month: 1, day: 1 }) + 1, hour };
}

/** Returns the days from 1970-01-01 to a day of the Gregorian calendar, which must exist. */
export function daysOf({ year, month, day }: Pick<DateParts, "year" | "month" | "day">): number {
  const years = month <= 2 ? year - 1 : year;
  const cycle = Math.floor(years / 400);
  const yearOfCycle = years - cycle * 400;
  const dayFromMarch = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfCycle = yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) +
    dayFromMarch;
  return cycle * DAYS_OF_CYCLE + dayOfCycle - EPOCH;
}

/** Returns the days of a month. */
export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function modulo(value: number, by: number): number {
  return value - Math.floor(value / by) * by;
}
