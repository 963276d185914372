import { assertEquals } from "@std/assert";
import { dateReader } from "../../../lib/data/text/date_reader.ts";
import { IsoDateScanner } from "../../../lib/data/text/iso_date_scanner.ts";
import { fc } from "../../properties/fast_check.ts";
import { settings } from "../../properties/settings.ts";

/** Returns the days that are read and the place after them; null if they are left to the reader of texts. */
function scan(text: string): readonly [number, number] | null {
  const scanner = new IsoDateScanner({ separator: ",".charCodeAt(0) });
  const next = scanner.scan(new TextEncoder().encode(`${text}\n`), 0);
  return next === -1 ? null : [scanner.value, next];
}

Deno.test("IsoDateScanner reads days and whole seconds to their separator or line end", () => {
  const cases: readonly (readonly [string, readonly [number, number] | null])[] = [
    ["1970-01-02", [1, 10]],
    ["1970-01-02,x", [1, 10]],
    ["1970-01-01T12:00", [0.5, 16]],
    ["1970-01-01 06:00:00,", [0.25, 19]],
    ["1970-02-30", null],
    ["1970-01-01 24:00", null],
    ["1970-01-01T12:00Z", null],
    ["1970-01-01\r", null],
    ["1970-01", null],
    ["1970/01/01", null],
    ["1970-01-01T1", null],
    ["", null],
  ];
  for (const [text, found] of cases) assertEquals(scan(text), found, text);
});

Deno.test("IsoDateScanner reads each date as dateReader() does", () => {
  const read = dateReader();
  const two = (max: number) => fc.nat({ max }).map((value) => String(value).padStart(2, "0"));
  const dates = fc.tuple(fc.nat({ max: 9999 }), two(13), two(32), two(25), two(61), two(61)).map(
    ([year, month, day, hour, minute, second]) =>
      `${String(year).padStart(4, "0")}-${month}-${day} ${hour}:${minute}:${second}`,
  );
  fc.assert(fc.property(dates, (text) => assertEquals(scan(text)?.[0] ?? null, read(text))), settings(5000));
});
