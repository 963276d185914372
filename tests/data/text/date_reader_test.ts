import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { dateReader } from "../../../lib/data/text/date_reader.ts";

Deno.test("dateReader() reads ISO 8601 as days since 1970", () => {
  const cases: readonly (readonly [string, number | null])[] = [
    ["1970-01-01", 0],
    ["1969-12-31", -1],
    ["2000-02-29", 11016],
    ["0001-01-01", -719162],
    [" 1970-01-02 ", 1],
    ["1970-01-01T12:00", 0.5],
    ["1970-01-01 06:00:00", 0.25],
    ["1970-01-01T00:00:43.2", 0.0005],
    ["1970-01-01T12:00:00Z", 0.5],
    ["1970-01-01T01:00:00+01:00", 0],
    ["1969-12-31T18:30-0530", 0],
    ["2023-02-29", null],
    ["1900-02-29", null],
    ["2024-13-01", null],
    ["2024-04-31", null],
    ["2024-00-10", null],
    ["2024-01-01T24:00", null],
    ["2024-01-01T23:60", null],
    ["2016-12-31T23:59:60Z", null],
    ["2024-01-01T10:00+24:00", null],
    ["2024-1-1", null],
    ["20240101", null],
    ["", null],
  ];
  const read = dateReader();
  for (const [text, days] of cases) assertEquals(read(text), days, text);
});

Deno.test("dateReader() reads a format of tokens", () => {
  const cases: readonly (readonly [format: string, text: string, number | null])[] = [
    ["DD.MM.YYYY", "02.01.1970", 1],
    ["DD.MM.YYYY", "2.1.1970", null],
    ["DD.MM.YYYY", "02x01x1970", null],
    ["D/M/YYYY", "2/1/1970", 1],
    ["D/M/YYYY", "31/2/1970", null],
    ["D MMM YYYY", "2 Jan 1970", 1],
    ["MMM D, YYYY", "February 1, 1970", 31],
    ["MMM D, YYYY", "Janxyz 1, 1970", null],
    ["YYYYMMDD HHmmss", "19700101 120000", 0.5],
    ["YYYY-MM-DDTHH:mm", "1970-01-01T18:00", 0.75],
  ];
  for (const [format, text, days] of cases) assertEquals(dateReader(format)(text), days, `${format} ${text}`);
});

Deno.test("dateReader() refuses a format without a whole date, or with a part twice", () => {
  for (const format of ["", "MM.YYYY", "DD.MM.YYYY D"]) {
    assertEquals(
      assertThrows(() => dateReader(format), InputError).message,
      `Cannot read data: a format of dates must have YYYY, MM and DD, each once, such as "DD.MM.YYYY", found "${format}"`,
    );
  }
});
