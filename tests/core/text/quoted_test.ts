import { assertEquals } from "@std/assert";
import { nearMiss, quoted, quotedList } from "../../../lib/core/text/quoted.ts";

Deno.test("quoted() escapes what cannot be seen, and cuts at 60 letters", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["", '""'],
    ['a "b" \\', '"a \\"b\\" \\\\"'],
    ["a\u00a0b\u2003c d", '"a\\u00a0b\\u2003c d"'],
    ["\x1b[2J\u202e", '"\\u001b[2J\\u202e"'],
    ["é 日本 🎉", '"é 日本 🎉"'],
    ["x".repeat(60), `"${"x".repeat(60)}"`],
    ["x".repeat(61), `"${"x".repeat(57)}..."`],
  ];
  for (const [text, expected] of cases) assertEquals(quoted(text), expected);
});

Deno.test("quotedList() shows eight texts and counts the others", () => {
  const texts = Array.from({ length: 10 }, (_, i) => `t${i}`);
  assertEquals(quotedList([]), "none");
  assertEquals(quotedList(["a", "b"]), '"a", "b"');
  assertEquals(quotedList(texts.slice(0, 8)), '"t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"');
  assertEquals(quotedList(texts), '"t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7" and 2 more');
});

Deno.test("nearMiss() says how the text that was meant differs", () => {
  const cases: readonly (readonly [missing: string, text: string, how: string | null])[] = [
    ["cat", "cat ", "blanks"],
    ["é", "e\u0301", "how its accents are written (Unicode NFC or NFD)"],
    ["Cat", "cat", "capital letters"],
    ["1", "1.0", "how the number is written"],
    ["1e2", "100", "how the number is written"],
    // The first letter is Cyrillic.
    ["cat", "\u0441at", "letters of another alphabet that look alike"],
    ["cat", "\uff23a\u200bt", "capital letters, blanks or signs that look alike"],
    ["cat", "dog", null],
    // A blank is no number, though JavaScript reads one from it.
    ["0", " ", null],
  ];
  for (const [missing, text, how] of cases) {
    const expected = how === null ? "" : `; ${quoted(text)} differs by ${how} only`;
    assertEquals(nearMiss(missing, ["other", text]), expected, `${missing} and ${text}`);
  }
});
