import { assertEquals } from "@std/assert";
import { dateParts, daysInMonth, daysOf } from "../../../lib/data/text/date_parts.ts";

Deno.test("dateParts() is the calendar's day, for each day of 1,200 years", () => {
  let [year, month, day, weekday, dayOfYear] = [1400, 1, 1, 3, 1];
  for (let days = daysOf({ year, month, day }); year < 2600; days++) {
    assertEquals(daysOf({ year, month, day }), days);
    const parts = dateParts(days);
    const isSame = parts.year === year && parts.month === month && parts.day === day &&
      parts.weekday === weekday && parts.dayOfYear === dayOfYear && parts.hour === 0;
    if (!isSame) assertEquals(parts, { year, month, day, weekday, dayOfYear, hour: 0 });
    weekday = weekday % 7 + 1;
    dayOfYear++;
    if (++day <= daysInMonth(year, month)) continue;
    [month, day] = [month + 1, 1];
    if (month <= 12) continue;
    [year, month, dayOfYear] = [year + 1, 1, 1];
  }
});

Deno.test("dateParts() has the whole hour of a time", () => {
  const cases: readonly (readonly [days: number, day: number, hour: number])[] = [
    [19782 + 13 / 24, 29, 13],
    [19782 + 13 / 24 - 1e-12, 29, 13],
    [19782 + 12.99 / 24, 29, 12],
    [19783 - 1e-12, 1, 0],
    [19783 - 1 / 86_400, 29, 23],
  ];
  for (const [days, day, hour] of cases) {
    const parts = dateParts(days);
    assertEquals([parts.day, parts.hour], [day, hour], String(days));
  }
});
