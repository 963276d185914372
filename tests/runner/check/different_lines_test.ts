import { assertEquals } from "@std/assert";
import { differentLines, rowsOf } from "../../../lib/runner/check/different_lines.ts";

Deno.test("differentLines() has each line that differs, null where one side has none", () => {
  const of = (committed: readonly string[], found: readonly string[]) =>
    differentLines(committed, { found, file: "f" }).map((line) => [line.committed, line.found]);
  assertEquals(of(["a", "b"], ["a", "b"]), []);
  assertEquals(of(["a", "b", "c"], ["a", "x"]), [["b", "x"], ["c", null]]);
  assertEquals(of([], ["a"]), [[null, "a"]]);
  assertEquals(differentLines(["a"], { found: [], file: "f" })[0].file, "f");
});

Deno.test("rowsOf() takes the rows of trials by their whole ids", () => {
  const csv = "trial,epoch\na,0\nab,0\nb,0\na,1\n";
  assertEquals(rowsOf(csv, new Set(["a", "b"])), ["a,0", "b,0", "a,1"]);
  assertEquals(rowsOf(csv, new Set(["c"])), []);
});
