import { assertEquals } from "@std/assert";
import { parallelChart } from "../../../lib/report/charts/parallel_chart.ts";
import { fakeStory } from "../fakes.ts";

Deno.test("parallelChart() has the points best first, with their values and accuracies", () => {
  const { summary } = fakeStory({ rates: 2, epochs: 1 });
  const points = summary.points.map((result, at) => ({
    ...result,
    validationAccuracy: { mean: at / 8, standardDeviation: null, values: [at / 8] },
  }));
  const { table } = parallelChart({ ...summary, points })!;
  assertEquals(table.head, ["rate", "normalization", "validation accuracy"]);
  assertEquals(table.rows.slice(0, 2), [["0.0002", "layernorm", "62.50 %"], [
    "0.0002",
    "batchnorm",
    "50.00 %",
  ]]);
  assertEquals(table.rows.length, 6);
});

Deno.test("parallelChart() shows 500 points at most, and 50 of them as a table", () => {
  const { caption, table } = parallelChart(fakeStory({ rates: 200, epochs: 1 }).summary)!;
  assertEquals(caption, "Each line is a point of the grid; shown are the best 500 of 600.");
  assertEquals(table.rows.length, 50);
});

Deno.test("parallelChart() is null with fewer than two axes that vary, or two points", () => {
  const { summary } = fakeStory({ rates: 1, epochs: 1 });
  assertEquals(parallelChart(summary), null);
  const wide = fakeStory({ rates: 2, epochs: 1 }).summary;
  assertEquals(parallelChart({ ...wide, points: wide.points.slice(0, 1) }), null);
});
