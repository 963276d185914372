import { assertEquals } from "@std/assert";
import { differingExcerpts } from "../../../lib/core/text/differing_excerpts.ts";

Deno.test("differingExcerpts() shows the letters around the first that differs", () => {
  const cases: readonly (readonly [string, string, number, readonly [string, string]])[] = [
    ["abc", "abd", 8, ["abc", "abd"]],
    ["0123456789", "0123x", 8, ["…23456789", "0123x"]],
    ["0123456789abcdef", "0123456789abcdXf", 4, ["…def", "…dXf"]],
    ["x123456789", "y123456789", 4, ["x123…", "y123…"]],
    ["same and long", "same and long", 4, ["…g", "…g"]],
  ];
  for (const [left, right, letters, expected] of cases) {
    assertEquals(differingExcerpts([left, right], { letters }), expected);
  }
});
