import { assertEquals } from "@std/assert";
import { nearest } from "../../../lib/cli/args/nearest.ts";

Deno.test("nearest() takes the fewest edits, and nothing that is far", () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ["frsh", "fresh"],
    ["fersh", "fresh"],
    ["json", "json"],
    ["xyz", null],
    ["", null],
  ];
  for (const [word, expected] of cases) assertEquals(nearest(word, ["fresh", "json", "set"]), expected);
});
