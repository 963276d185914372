import { assertEquals } from "@std/assert";
import { shortPointName, valueText } from "../../../lib/cli/text/value_text.ts";

Deno.test("valueText() spells each value of an axis, and cuts a long text in its middle", () => {
  const cases: readonly (readonly [Parameters<typeof valueText>[0], string])[] = [
    [0.1, "0.1"],
    [-0, "-0"],
    [null, "null"],
    [true, "true"],
    ["x".repeat(60), "x".repeat(60)],
    [`${"a".repeat(50)}${"b".repeat(50)}`, `${"a".repeat(39)}…${"b".repeat(20)}`],
  ];
  for (const [value, text] of cases) assertEquals(valueText(value), text);
});

Deno.test("shortPointName() names a point by its short values, and one without axes", () => {
  assertEquals(shortPointName({ rate: 0.1, kind: "a" }), "rate=0.1, kind=a");
  assertEquals(shortPointName({ kind: "a".repeat(61) }), `kind=${"a".repeat(39)}…${"a".repeat(20)}`);
  assertEquals(shortPointName({}), "the only point");
});
