import { assertEquals } from "@std/assert";
import { table } from "../../../lib/cli/terminal/table.ts";

Deno.test("table() aligns columns and leaves no space at the end of a line", () => {
  assertEquals(table([["a", "bb", ""], ["ccc", "d", "e"]]), "a    bb\nccc  d   e\n");
});

Deno.test("table() aligns columns by their width, and keeps each row on its line", () => {
  assertEquals(
    table([["tag", "n"], ["日本語", "1"], ["two\nlines", "2"], ["\x1b[2J", "3"], ["e\u0301", "4"]]),
    "tag         n\n日本語      1\ntwo\\nlines  2\n\\u001b[2J   3\ne\u0301           4\n",
  );
});
