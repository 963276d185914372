import { assertEquals } from "@std/assert";
import { sniffSeparator } from "../../../lib/data/text/sniff_separator.ts";

Deno.test("sniffSeparator() finds what gives most records the same number of fields", () => {
  const cases: readonly (readonly [text: string, string])[] = [
    ["a,b\n1,2\n", ","],
    ["a;b\n1,5;2,5\n", ";"],
    ["1,5;2,5\n3,5;4,5\n", ";"],
    ["a\tb\nx,y\tz\n", "\t"],
    ["a|b\n1|2", "|"],
    ['a,b\n"x;y;z",1\n"u;v;w",2\n', ","],
    ["a\n1\n", ","],
    ["", ","],
    ['a;b\n"x";"y, ""z"""\n', ";"],
  ];
  for (const [text, separator] of cases) {
    const options = { file: "t.csv", quote: 34, comment: new Uint8Array(), isLast: true };
    assertEquals(sniffSeparator(new TextEncoder().encode(text), options), separator, text);
  }
});
