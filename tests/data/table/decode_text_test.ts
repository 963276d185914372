import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { decodeText } from "../../../lib/data/table/decode_text.ts";

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

Deno.test("decodeText() reads UTF-8, without a byte-order mark", () => {
  assertEquals(decodeText(new TextEncoder().encode("\ufeffé,日\r\n"), { file: "t.csv" }), "é,日\r\n");
  assertEquals(decodeText(new Uint8Array(), { file: "t.csv" }), "");
  // One line needs no end, and one that a carriage return ends is that line.
  assertEquals(decodeText(bytesOf("a,b\r"), { file: "t.csv" }), "a,b\r");
});

Deno.test("decodeText() says what the bytes are when they are no UTF-8 text", () => {
  const cases: readonly (readonly [bytes: string, message: string])[] = [
    ["\xff\xfea\0", "must be UTF-8 text, found UTF-16; save it as UTF-8"],
    ["\0a\0b", "must be UTF-8 text, found UTF-16; save it as UTF-8"],
    ["a\0b\0", "must be UTF-8 text, found UTF-16; save it as UTF-8"],
    ["\x1f\x8b\x08\x00", "must be UTF-8 text, found a gzip file; save it as UTF-8"],
    ["PK\x03\x04", "must be UTF-8 text, found a ZIP file, as .xlsx is one; save it as UTF-8"],
    [
      "caf\xe9,1\n",
      "must be UTF-8 text, found other bytes; if it has letters with accents, save it as UTF-8",
    ],
    ["a\rb", "must end its lines in LF or CRLF, found CR alone; save it with other line ends"],
  ];
  for (const [bytes, message] of cases) {
    const error = assertThrows(() => decodeText(bytesOf(bytes), { file: "t.csv" }), InputError);
    assertEquals(error.message, `Cannot read data: t.csv ${message}`);
  }
});
