import { assertEquals } from "@std/assert";
import { createLink, createPaint, terminalText } from "../../../lib/cli/terminal/terminal.ts";

Deno.test("createPaint() colours only when it is told to", () => {
  assertEquals(createPaint(false)("red", "text"), "text");
  assertEquals(terminalText(createPaint(true)("red", "text")), "\x1b[31mtext\x1b[39m");
});

Deno.test("terminalText() leaves a terminal nothing to obey but line ends, tabs and paint", () => {
  const paint = createPaint(true);
  const cases: readonly (readonly [string, string])[] = [
    ["a\tb\r\nc\n", "a\tb\r\nc\n"],
    ["\x1b[31mred\x1b[2J", "\\u001b[31mred\\u001b[2J"],
    ["100 %\rfake", "100 %\\rfake"],
    ["\x07\b\x7f\x9b2J\0", "\\u0007\\u0008\\u007f\\u009b2J\\u0000"],
    ["\u202egpj.exe\u2028\ud800", "\\u202egpj.exe\\u2028\\ud800"],
    [`${paint("red", "error:")} \x1b[1m é 🎉`, "\x1b[31merror:\x1b[39m \\u001b[1m é 🎉"],
    [JSON.stringify("\x1b\x9b\u{1fffe}"), '"\\u001b\\u009b\\ud83f\\udffe"'],
  ];
  for (const [text, shown] of cases) assertEquals(terminalText(text), shown);
});

Deno.test("createLink() links a path to its file where it is told to, and leaves the text as it is", () => {
  assertEquals(createLink(false)("a b.html", "/tmp/a b.html"), "a b.html");
  assertEquals(
    terminalText(createLink(true)("a b.html", "/tmp/a b.html")),
    "\x1b]8;;file:///tmp/a%20b.html\x1b\\a b.html\x1b]8;;\x1b\\",
  );
});

Deno.test("terminalText() makes no link to another place than a file", () => {
  const marked = createLink(true)("text", "/a").replace("file:///a", "https://example.org");
  assertEquals(terminalText(marked), marked);
});
