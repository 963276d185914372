import { assertEquals } from "@std/assert";
import { epochMetrics, testedMetric, testValueOf, valueOf } from "../../../lib/report/summary/metric.ts";

Deno.test("epochMetrics() has the metric that decides first, then those of training, then all others", () => {
  const names = (...experiment: Parameters<typeof epochMetrics>) =>
    epochMetrics(...experiment).map(({ name }) => name);
  assertEquals(names({}), ["validationAccuracy", "trainAccuracy", "loss"]);
  assertEquals(names({ metrics: ["validationLoss", "validationAuc"], select: "validationAuc" }), [
    ...["validationAuc", "trainAccuracy", "loss", "validationAccuracy", "validationLoss"] as const,
  ]);
});

Deno.test("testedMetric() is the metric of the test split that is measured as the one that decides", () => {
  assertEquals(testedMetric({}).label, "test accuracy");
  assertEquals(testedMetric({ select: "validationTop5Accuracy" }), {
    name: "testTop5Accuracy",
    label: "test top-5 accuracy",
    measure: "top-5 accuracy",
    higherIsBetter: true,
    format: "percent",
    isShareOfRows: true,
  });
});

Deno.test("valueOf() and testValueOf() are what a trial has of a metric, null if it has none", () => {
  const result = { bestValidationAccuracy: 0.5, bestMetrics: { validationLoss: 2 }, testAccuracy: null };
  assertEquals(
    (["validationAccuracy", "validationLoss", "validationAuc"] as const).map((name) => valueOf(result, name)),
    [0.5, 2, null],
  );
  assertEquals([testValueOf(result, "testAccuracy"), testValueOf(result, "testLoss")], [null, null]);
});
