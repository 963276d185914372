import { assertEquals } from "@std/assert";
import { factLines } from "../../../lib/cli/terminal/fact_lines.ts";

Deno.test("factLines() aligns values, and continues a long one below its beginning", () => {
  const facts = [["trials", "20 done"], ["winner", "rate=0.1, hidden=8, kind=wide"]] as const;
  assertEquals(
    factLines(facts, { columns: null }),
    "trials  20 done\nwinner  rate=0.1, hidden=8, kind=wide\n",
  );
  assertEquals(
    factLines(facts, { columns: 30 }),
    "trials  20 done\nwinner  rate=0.1, hidden=8,\n        kind=wide\n",
  );
});

Deno.test("factLines() keeps each fact on its line", () => {
  assertEquals(factLines([["a", "two\nlines"]], { columns: null }), "a  two\\nlines\n");
});
