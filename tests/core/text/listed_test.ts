import { assertEquals } from "@std/assert";
import { listed } from "../../../lib/core/text/listed.ts";

Deno.test("listed() shows the first texts and counts the others", () => {
  const cases: readonly (readonly [texts: readonly string[], most: number, shown: string])[] = [
    [[], 3, ""],
    [["a"], 3, "a"],
    [["a", "b", "c"], 3, "a, b, c"],
    [["a", "b", "c", "d"], 3, "a, b, c and 1 more"],
    [["a", "b", "c"], 1, "a and 2 more"],
  ];
  for (const [texts, most, shown] of cases) assertEquals(listed(texts, { most }), shown);
});

Deno.test("listed() asks for the texts of the shown values alone", () => {
  const asked: number[] = [];
  const show = (value: number) => {
    asked.push(value);
    return `<${value}>`;
  };
  assertEquals(listed([1, 2, 3, 4], { most: 2, show }), "<1>, <2> and 2 more");
  assertEquals(asked, [1, 2]);
});
