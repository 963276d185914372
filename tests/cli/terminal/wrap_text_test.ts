import { assertEquals } from "@std/assert";
import { wrapText } from "../../../lib/cli/terminal/wrap_text.ts";

const TEXT = "  FAIL  rate=0.1: the accuracy is worse by 2 points\nshort\n";

Deno.test("wrapText() breaks lines between words, and indents what continues them", () => {
  assertEquals(wrapText(TEXT, { columns: null }), TEXT);
  assertEquals(wrapText(TEXT, { columns: 52 }), TEXT);
  assertEquals(
    wrapText(TEXT, { columns: 30 }),
    "  FAIL  rate=0.1: the accuracy\n    is worse by 2 points\nshort\n",
  );
  assertEquals(
    wrapText(TEXT, { columns: 30, indent: 8 }),
    "  FAIL  rate=0.1: the accuracy\n        is worse by 2 points\nshort\n",
  );
});

Deno.test("wrapText() breaks a long word behind commas, shortens one without, and leaves a path whole", () => {
  const cases: readonly (readonly [text: string, wrapped: string])[] = [
    ["0123456789abcdef,done,0.5,0.25,0.125", "0123456789abcdef,done,0.5,0.25,\n  0.125"],
    [`a ${"b".repeat(60)} c`, `a bbbbbbbbbbbbbbbbbbb…bbbbbbbbb\n  c`],
    [`report ${"results/".repeat(6)}page.html`, `report\n${"results/".repeat(6)}page.html`],
    ["日本語 日本語 日本語 日本語 日本語", "日本語 日本語 日本語 日本語\n  日本語"],
  ];
  for (const [text, wrapped] of cases) assertEquals(wrapText(text, { columns: 31 }), wrapped);
});

Deno.test("wrapText() leaves twenty columns to a word on the narrowest terminal", () => {
  for (const columns of [0, 1, 19]) {
    assertEquals(wrapText(`a ${"b".repeat(30)}`, { columns }), `a\n${"b".repeat(13)}…${"b".repeat(6)}`);
  }
});
