import { assertEquals } from "@std/assert";
import { escapeMarkdown } from "../../../lib/report/files/escape_markdown.ts";

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
