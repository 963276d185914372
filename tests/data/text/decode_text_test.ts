import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import type { CsvEncoding } from "../../../lib/data/base/csv_format.ts";
import { decodeText, type TextPlace } from "../../../lib/data/text/decode_text.ts";

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

Deno.test("decodeText() reads UTF-8, without a byte-order mark", () => {
  assertEquals(decodeText(new TextEncoder().encode("\ufeffé,日\r\n"), { file: "t.csv" }), "é,日\r\n");
  assertEquals(decodeText(new Uint8Array(), { file: "t.csv" }), "");
  // One line needs no end, and one that a carriage return ends is that line.
  assertEquals(decodeText(bytesOf("a,b\r"), { file: "t.csv" }), "a,b\r");
});

Deno.test("decodeText() says what the bytes are when they are no UTF-8 text", () => {
  const cases: readonly (readonly [bytes: string, message: string])[] = [
    ["\xff\xfea\0", 'must be UTF-8 text, found UTF-16; declare encoding: "utf-16le", or save it as UTF-8'],
    ["\0a\0b", 'must be UTF-8 text, found UTF-16; declare encoding: "utf-16be", or save it as UTF-8'],
    ["a\0b\0", 'must be UTF-8 text, found UTF-16; declare encoding: "utf-16le", or save it as UTF-8'],
    ["\x1f\x8b\x08\x00", "must be UTF-8 text, found a gzip file; the name of such a file must end in .gz"],
    ["PK\x03\x04", "must be UTF-8 text, found a ZIP file, as .xlsx is one; save it as CSV"],
    [
      "caf\xe9,1\n",
      "must be UTF-8 text, found other bytes; if it has letters with accents, declare its encoding, such as encoding: " +
      '"windows-1252", or save it as UTF-8',
    ],
    ["a\rb", "must end its lines in LF or CRLF, found CR alone; save it with other line ends"],
  ];
  for (const [bytes, message] of cases) {
    const error = assertThrows(() => decodeText(bytesOf(bytes), { file: "t.csv" }), InputError);
    assertEquals(error.message, `Cannot read data: t.csv ${message}`);
  }
});

Deno.test("decodeText() reads the encoding that is declared", () => {
  const cases: readonly (readonly [bytes: string, encoding: CsvEncoding, text: string])[] = [
    ["\xff\xfea\0,\0\xe9\0\n\0", "utf-16le", "a,é\n"],
    ["a\0\n\0", "utf-16le", "a\n"],
    ["\xfe\xff\0a\0\n", "utf-16be", "a\n"],
    // In Windows-1252 these are a euro sign and a quotation mark, in Latin-1 control characters.
    ["\x80\x93\xe9", "windows-1252", "€“é"],
    ["\x80\x93\xe9", "latin1", "\x80\x93é"],
    ["\xef\xbb\xbfa", "utf-8", "a"],
  ];
  for (const [bytes, encoding, text] of cases) {
    assertEquals(decodeText(bytesOf(bytes), { file: "t.csv", encoding }), text, encoding);
  }
  const long = "é,".repeat(50_000);
  assertEquals(decodeText(bytesOf(long), { file: "t.csv", encoding: "latin1" }), long);
});

Deno.test("decodeText() says that bytes are not of the encoding, and of a model's what to save them as", () => {
  const cases: readonly (readonly [bytes: string, place: Partial<TextPlace>, message: string])[] = [
    [
      "PK\x03\x04",
      { encoding: "utf-16le" },
      "UTF-16 text, found a ZIP file, as .xlsx is one; save it as CSV",
    ],
    [
      "abc",
      { encoding: "utf-16le" },
      "UTF-16 text, found other bytes; declare another encoding, or save it as UTF-8",
    ],
    ["caf\xe9", { isOfModel: true }, "UTF-8 text, found other bytes; save it as UTF-8"],
    [
      "\xff\xfea\0",
      { isOfModel: true, encoding: "latin1" },
      "Latin-1 text, found UTF-16; save it as Latin-1",
    ],
  ];
  for (const [bytes, place, message] of cases) {
    const error = assertThrows(() => decodeText(bytesOf(bytes), { file: "t.csv", ...place }), InputError);
    assertEquals(error.message, `Cannot read data: t.csv must be ${message}`);
  }
});
