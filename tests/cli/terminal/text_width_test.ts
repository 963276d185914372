import { assert, assertEquals } from "@std/assert";
import { shortText, textWidth } from "../../../lib/cli/terminal/text_width.ts";

Deno.test("textWidth() counts the columns of a terminal", () => {
  const cases: readonly (readonly [string, number])[] = [
    ["", 0],
    ["plain", 5],
    ["é", 1],
    ["e\u0301", 1],
    ["日本語", 6],
    ["한글", 4],
    ["ｆ", 2],
    ["🎉", 2],
    ["👩‍👩‍👧", 2],
    ["✌️", 2],
    ["a\u200db", 2],
    ["שלום", 4],
    ["\\u001b", 6],
  ];
  for (const [text, width] of cases) assertEquals(textWidth(text), width, text);
});

Deno.test("shortText() keeps a start and an end of what is too wide, and no half of a letter", () => {
  assertEquals(shortText("0123456789", { columns: 10 }), "0123456789");
  assertEquals(shortText("0123456789x", { columns: 10 }), "012345…89x");
  for (const letter of ["x", "日", "🎉", "👩‍👩‍👧", "e\u0301"]) {
    const short = shortText(letter.repeat(1000), { columns: 10 });
    assert(textWidth(short) <= 10 && short.isWellFormed(), short);
    assertEquals(short.replaceAll(letter, ""), "…");
  }
});
