import { assertEquals } from "@std/assert";
import { parallelChart } from "../../../lib/report/charts/parallel_chart.ts";
import { renderChart } from "../../../lib/report/charts/drawing/render_chart.ts";
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

interface Mark {
  readonly x: string;
  readonly y: number;
  readonly text?: string;
}

/** Returns what the layers of lines and of ticks show. */
function marksOf(means: readonly number[]): readonly (readonly Mark[])[] {
  const { summary } = fakeStory({ rates: 2, epochs: 1 });
  const points = summary.points.map((result, at) => ({
    ...result,
    validationAccuracy: { mean: means[at], standardDeviation: null, values: [means[at]] },
  }));
  const { spec } = parallelChart({ ...summary, points })!;
  const { layer } = spec as unknown as {
    readonly layer: readonly { readonly data: { readonly values: readonly Mark[] } }[];
  };
  return [layer[1].data.values, layer[2].data.values];
}

Deno.test("parallelChart() leads each line from its values to its accuracy, between the lowest and the highest", () => {
  const [lines, ticks] = marksOf([0, 0.25, 0.5, 0.75, 1, 0.5]);
  // The best is drawn last, above the others.
  assertEquals(lines.slice(-3).map(({ x, y }) => [x, y]), [["0", 1], ["1", 0.5], ["2", 1]]);
  assertEquals(lines.slice(0, 3).map(({ x, y }) => [x, y]), [["0", 0], ["1", 0], ["2", 0]]);
  const texts = (axis: string) => ticks.filter(({ x }) => x === axis).map(({ y, text }) => [y, text]);
  assertEquals(texts("1"), [[0, "null"], [0.5, "batchnorm"], [1, "layernorm"]]);
  assertEquals(texts("2"), [[0, "0.00 %"], [0.5, "50.00 %"], [1, "100.00 %"]]);
});

Deno.test("parallelChart() has one end in the middle when all are equally good", () => {
  const [lines, ticks] = marksOf([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]);
  assertEquals(new Set(lines.filter(({ x }) => x === "2").map(({ y }) => y)), new Set([0.5]));
  assertEquals(ticks.filter(({ x }) => x === "2").map(({ y, text }) => [y, text]), [[0.5, "50.00 %"]]);
});

Deno.test("parallelChart() shows 500 points at most, and 50 of them as a table", () => {
  const { caption, table } = parallelChart(fakeStory({ rates: 200, epochs: 1 }).summary)!;
  assertEquals(
    caption,
    "Each line is a point of the grid, in the colour of its rank; shown are the best 500 of 600.",
  );
  assertEquals(table.rows.length, 50);
});

Deno.test("parallelChart() is null with fewer than two axes that vary, or two points", () => {
  const { summary } = fakeStory({ rates: 1, epochs: 1 });
  assertEquals(parallelChart(summary), null);
  const wide = fakeStory({ rates: 2, epochs: 1 }).summary;
  assertEquals(parallelChart({ ...wide, points: wide.points.slice(0, 1) }), null);
});

Deno.test("parallelChart() names each line by its point's index, the best strongest and last", async () => {
  const { summary } = fakeStory({ rates: 2, epochs: 1 });
  const means = [0.3, 0.9, 0.4, 0.5, 0.6, 0.7];
  const points = summary.points.map((result, at) => ({
    ...result,
    validationAccuracy: { mean: means[at], standardDeviation: null, values: [means[at]] },
  }));
  const svg = await renderChart(parallelChart({ ...summary, points })!);
  const lines = [...svg.matchAll(
    /<path data-point="(\d+)" aria-label="rank (\d),[^>]* stroke="([^"]*)" stroke-width="([^"]*)" opacity="([^"]*)"/g,
  )].map(([, ...parts]) => parts);
  assertEquals(lines.map(([point, rank]) => [point, rank]), [["0", "6"], ["2", "5"], ["3", "4"], ["4", "3"], [
    "5",
    "2",
  ], ["1", "1"]]);
  assertEquals(lines.at(-1)!.slice(2), ["rgb(47, 95, 208)", "3.5", "1"]);
  assertEquals(lines[0].slice(2), ["rgb(217, 122, 26)", "1", "0.35"]);
});

Deno.test("parallelChart() ends a point far below the others at the foot of the last axis", () => {
  const [lines, ticks] = marksOf([0.9, 0.91, 0.92, 0.93, 0.94, 0.1]);
  assertEquals(lines[2].y, 0);
  assertEquals(ticks.filter(({ x }) => x === "2").map(({ text }) => text), [
    "≤ 90.00 %",
    "92.00 %",
    "94.00 %",
  ]);
});
