import { assertEquals } from "@std/assert";
import type { CsvFormat } from "../../../lib/data/base/csv_format.ts";
import { numberReader } from "../../../lib/data/text/number_reader.ts";

const CASES: readonly (readonly [CsvFormat, Readonly<Record<string, string | null>>])[] = [
  [{}, { "1.5": "1.5", "1,5": null, "1e3": "1e3", "": null, "0x1": null }],
  [{ decimalComma: true }, {
    "1,5": "1.5",
    "-,5": "-.5",
    "+3": "+3",
    "2,": "2",
    " 7,25e-3 ": "7.25e-3",
    // A point has no meaning: 1.500 might be either.
    "1.5": null,
    "1.500,5": null,
    ",": null,
    "": null,
  }],
  [{ decimalComma: true, thousands: "." }, {
    "1.234.567,89": "1234567.89",
    "1234,5": "1234.5",
    "999": "999",
    "1.23": null,
    "12.3456": null,
    "1234.567": null,
    ".5": null,
  }],
  [{ thousands: "," }, { "1,234.5": "1234.5", "1234.5": "1234.5", "12,34": null, "1,234,5": null }],
  [{ thousands: "'" }, { "1'234'567.8": "1234567.8", "1,234": null }],
  [{ thousands: "_" }, { "1_000": "1000", "_1000": null }],
  [{ thousands: " ", decimalComma: true }, {
    "1 234,5": "1234.5",
    "1\u00a0234": "1234",
    "1\u202f234\u202f567,0": "1234567.0",
    " 1 234 ": "1234",
    "1 23": null,
  }],
];

for (const [format, texts] of CASES) {
  Deno.test(`numberReader() reads the numbers of ${JSON.stringify(format)}`, () => {
    const read = numberReader(format);
    for (const [text, number] of Object.entries(texts)) assertEquals(read(text), number, text);
  });
}
