import { assertEquals } from "@std/assert";
import { table } from "../../../lib/cli/terminal/table.ts";

Deno.test("table() aligns columns and leaves no space at the end of a line", () => {
  assertEquals(table([["a", "bb", ""], ["ccc", "d", "e"]]), "a    bb\nccc  d   e\n");
});
