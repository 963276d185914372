import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { AxisValue } from "../../../lib/experiment/trial/trial.ts";
import { axisPositions, axisScale } from "../../../lib/report/charts/axis_scale.ts";
import { sortedValues } from "../../../lib/report/evidence/varied_axes.ts";

Deno.test("axisScale() puts rates and wide ranges on a logarithmic axis", () => {
  const cases: readonly (readonly [string, readonly AxisValue[], string])[] = [
    ["learningRate", [0.001, 0.002], "log"],
    ["hidden", [10, 1000], "log"],
    ["hidden", [50, 100], "linear"],
    ["reg", [0, 0.1], "linear"],
    ["normalization", [null, "batchnorm"], "ordinal"],
    ["rate", [0.1, "he"], "ordinal"],
    ["rate", [0.1], "ordinal"],
  ];
  for (const [axis, values, expected] of cases) assertEquals(axisScale(axis, { values }), expected, axis);
});

Deno.test("axisPositions() places powers of ten evenly, and sortedValues() orders numbers only", () => {
  const places = axisPositions("rate", { values: [1e-3, 1e-1, 1e-2] });
  assertEquals([places.get(1e-3), places.get(1e-1)], [0, 1]);
  assertAlmostEquals(places.get(1e-2)!, 0.5);
  assertEquals([...axisPositions("kind", { values: ["b", null, "a"] }).values()], [0, 0.5, 1]);
  assertEquals(sortedValues([3, 1, 2]), [1, 2, 3]);
  assertEquals(sortedValues(["b", "a"]), ["b", "a"]);
});

Deno.test("axisPositions() has a place for each number, however far apart the numbers are", () => {
  assertEquals([...axisPositions("x", { values: [-1.7e308, 0, 1.7e308] }).values()], [0, 0.5, 1]);
});
