import { assertEquals } from "@std/assert";
import { escapeUnprintable, findUnprintable } from "../../../lib/core/text/unprintable.ts";

const UNPRINTABLE: readonly (readonly [string, string, string])[] = [
  ["\0", "U+0000", "\\u0000"],
  ["\t", "U+0009", "\\t"],
  ["\n", "U+000A", "\\n"],
  ["\r", "U+000D", "\\r"],
  ["\x1b", "U+001B", "\\u001b"],
  ["\x7f", "U+007F", "\\u007f"],
  ["\x9b", "U+009B", "\\u009b"],
  ["\ud800", "U+D800", "\\ud800"],
  ["\udc00", "U+DC00", "\\udc00"],
  ["\u200b", "U+200B", "\\u200b"],
  ["\u2028", "U+2028", "\\u2028"],
  ["\u2029", "U+2029", "\\u2029"],
  ["\u202e", "U+202E", "\\u202e"],
  ["\u2066", "U+2066", "\\u2066"],
  ["\ufeff", "U+FEFF", "\\ufeff"],
  ["\uffff", "U+FFFF", "\\uffff"],
  ["\u{1fffe}", "U+1FFFE", "\\ud83f\\udffe"],
];

Deno.test("findUnprintable() names the first character that does not survive, counting characters", () => {
  for (const [character, codePoint] of UNPRINTABLE) {
    assertEquals(findUnprintable(`é🎉${character}\x1b`), { codePoint, at: 3 });
  }
});

Deno.test("escapeUnprintable() spells what does not survive", () => {
  for (const [character, , escaped] of UNPRINTABLE) {
    assertEquals(escapeUnprintable(`é🎉${character}.${character}`), `é🎉${escaped}.${escaped}`);
  }
});

Deno.test("findUnprintable() finds nothing in letters of any script, emoji, spaces and markup", () => {
  const texts = [
    "",
    "é",
    "e\u0301",
    "שלום",
    "مرحبا",
    "می\u200cخواهم",
    "हिन्दी",
    "👩‍👩‍👧 ✌️",
    "a\u00a0b",
    "=1+1",
    "\\x1b",
    "%0A",
  ];
  for (const text of texts) {
    assertEquals(findUnprintable(text), null);
    assertEquals(escapeUnprintable(text), text);
  }
});

Deno.test("findUnprintable() passes over what is allowed", () => {
  assertEquals(findUnprintable("a\n\tb\r", { allowed: "\n\t" }), { codePoint: "U+000D", at: 5 });
  assertEquals(escapeUnprintable("a\n\tb\r", { allowed: "\n\t" }), "a\n\tb\\r");
});
