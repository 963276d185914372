import { assertEquals } from "@std/assert";
import { axisText, pointText } from "../../../lib/report/summary/axis_text.ts";

Deno.test("axisText() gives numbers their one text, and others their own", () => {
  const cases: readonly (readonly [Parameters<typeof axisText>[0], string])[] = [
    [1e-7, "1e-7"],
    [0.1 + 0.2, "0.30000000000000004"],
    [-0, "-0"],
    [1e21, "1e+21"],
    [false, "false"],
    [null, "null"],
    ["", ""],
  ];
  for (const [value, text] of cases) assertEquals(axisText(value), text);
});

Deno.test("pointText() joins axes in the order of the point", () => {
  assertEquals(pointText({ b: 1, a: "x" }), "b=1, a=x");
  assertEquals(pointText({}), "");
});
