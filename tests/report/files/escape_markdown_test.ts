import { assertEquals } from "@std/assert";
import { escapeMarkdown, unescapeMarkdown } from "../../../lib/report/files/escape_markdown.ts";

Deno.test("escapeMarkdown() leaves nothing that is markup", () => {
  const cases = [
    ["a | b", "a \\| b"],
    ["<script>&", "&lt;script&gt;&amp;"],
    ["*bold* `code` [link](x)", "\\*bold\\* \\`code\\` \\[link\\](x)"],
    ["two\nlines\r\n# head", "two lines \\# head"],
    ["weight_scale and _this_", "weight_scale and \\_this\\_"],
    ["\x1b[31m \u202e", "\\\\u001b\\[31m \\\\u202e"],
  ];
  for (const [text, escaped] of cases) assertEquals(escapeMarkdown(text), escaped);
});

Deno.test("unescapeMarkdown() gives a line of text back as it was", () => {
  const texts = [
    "a | b",
    "<script>&amp;",
    "*bold* `code` [link](x) $1 ~2 #3",
    "weight_scale and _this_",
    "C:\\new\\_x",
    "&lt;",
  ];
  for (const text of texts) assertEquals(unescapeMarkdown(escapeMarkdown(text)), text);
});
