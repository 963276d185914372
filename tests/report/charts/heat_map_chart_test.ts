import { assertEquals } from "@std/assert";
import { heatMapChart, matrixSpec } from "../../../lib/report/charts/heat_map_chart.ts";
import { fakeStory } from "../fakes.ts";

const { summary } = fakeStory({ rates: 2, epochs: 1 });
const { rate, normalization } = summary.experiment.grid;
const AXES = { x: ["normalization", normalization], y: ["rate", rate], id: "map" } as const;

/** Returns the summary with other best accuracies, in grid order. */
function withAccuracies(...accuracies: readonly (number | null)[]) {
  const trials = summary.trials.map((trial, at) => ({
    ...trial,
    bestValidationAccuracy: accuracies[at] ?? null,
  }));
  return { ...summary, trials };
}

Deno.test("heatMapChart() has the mean of all trials with two values, and none where there is no trial", () => {
  const chart = heatMapChart(withAccuracies(0.5, 0.25, null, 1), AXES)!;
  assertEquals([chart.id, chart.title], ["map", "normalization and rate"]);
  assertEquals(chart.table, {
    head: ["rate \\ normalization", "null", "batchnorm", "layernorm"],
    rows: [["0.0001", "50.00 %", "25.00 %", "none"], ["0.0002", "100.00 %", "none", "none"]],
  });
  const twice = {
    ...summary,
    trials: [0.5, 0.75].map((bestValidationAccuracy) => ({
      ...summary.trials[0],
      bestValidationAccuracy,
    })),
  };
  const [cell] = valuesOf(heatMapChart(twice, AXES)!.spec);
  assertEquals([cell.value, cell.about], [
    0.625,
    "normalization=null, rate=0.0001: mean 62.50 % over 2 trials",
  ]);
});

Deno.test("heatMapChart() is null when no trial has an accuracy", () => {
  assertEquals(heatMapChart(withAccuracies(), AXES), null);
});

interface Cell {
  readonly x: string;
  readonly y: string;
  readonly value: number;
  readonly about: string;
  readonly text: string;
  readonly isDark: boolean;
}

function valuesOf(spec: unknown): readonly Cell[] {
  return (spec as { readonly data: { readonly values: readonly Cell[] } }).data.values;
}

const layersOf = (spec: unknown) => (spec as { readonly layer: readonly object[] }).layer.length;

Deno.test("matrixSpec() writes white on dark cells, whichever end of the scale is dark", () => {
  const cells = [0, 0.4, 0.6, 1].map((value) => ({ x: "a", y: "b", value, about: "" }));
  const options = {
    columns: ["a"],
    rows: ["b"],
    titles: { x: "x", y: "y", value: "v" },
    show: ({ value }: { readonly value: number }) => value.toFixed(1),
    scheme: "blues",
  };
  const dark = (isDarkAt: "low" | "high") =>
    valuesOf(matrixSpec(cells, { ...options, isDarkAt })).map(({ isDark }) => isDark);
  assertEquals(dark("low"), [true, true, false, false]);
  assertEquals(dark("high"), [false, false, true, true]);
  assertEquals(valuesOf(matrixSpec(cells, { ...options, isDarkAt: "low" })).map(({ text }) => text), [
    "0.0",
    "0.4",
    "0.6",
    "1.0",
  ]);
});

Deno.test("matrixSpec() leaves the texts of cells out when there are more than 120", () => {
  const cellsOf = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ x: String(i), y: "b", value: i, about: "" }));
  const layers = [120, 121].map((count) => {
    const cells = cellsOf(count);
    const titles = { x: "x", y: "y", value: "v" };
    const columns = cells.map(({ x }) => x);
    return layersOf(
      matrixSpec(cells, { columns, rows: ["b"], titles, show: () => "", scheme: "blues", isDarkAt: "low" }),
    );
  });
  assertEquals(layers, [2, 1]);
});
