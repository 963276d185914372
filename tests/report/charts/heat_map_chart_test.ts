import { assertEquals } from "@std/assert";
import { heatMapCharts, matrixSpec } from "../../../lib/report/charts/heat_map_chart.ts";
import { variedAxes } from "../../../lib/report/charts/axis_scale.ts";
import { fakeStory } from "../fakes.ts";
import { SIX_AXES, type WideGrid, wideStory } from "../wide_story.ts";

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

const chartOf = (of: typeof summary) => heatMapCharts(of, [AXES])[0];

Deno.test("heatMapCharts() has the mean of all trials with two values, and says so where there is no trial", () => {
  const chart = chartOf(withAccuracies(0.5, 0.25, null, 1));
  assertEquals([chart.id, chart.title], ["map", "normalization and rate"]);
  assertEquals(chart.table, {
    head: ["rate \\ normalization", "null", "batchnorm", "layernorm"],
    rows: [["0.0001", "50.00 %", "25.00 %", "no trial"], ["0.0002", "100.00 %", "no trial", "no trial"]],
  });
  const twice = {
    ...summary,
    trials: [0.5, 0.75].map((bestValidationAccuracy) => ({
      ...summary.trials[0],
      bestValidationAccuracy,
    })),
  };
  const [cell] = valuesOf(chartOf(twice).spec);
  assertEquals([cell.value, cell.about], [
    0.625,
    "normalization=null, rate=0.0001: mean 62.50 % over 2 trials",
  ]);
});

Deno.test("heatMapCharts() leaves out a pair of axes when no trial has an accuracy", () => {
  assertEquals(heatMapCharts(withAccuracies(), [AXES]), []);
});

/** Returns the titles of the heat maps of a story's pairs, and those of all pairs in the grid's order. */
function pairTitles(grid: WideGrid) {
  const { summary } = wideStory({ grid, epochs: 2 });
  const axes = variedAxes(summary.experiment.grid);
  const pairs = axes.flatMap((y, row) => axes.slice(row + 1).map((x) => ({ x, y, id: `${y[0]}_${x[0]}` })));
  return {
    titles: heatMapCharts(summary, pairs).map(({ title }) => title),
    declared: pairs.map(({ x, y }) => `${x[0]} and ${y[0]}`),
  };
}

Deno.test("heatMapCharts() keeps the order of six pairs, and puts the pairs that vary most first when there are more", () => {
  const { rate, hidden, normalization, optimizer } = SIX_AXES;
  const few = pairTitles({ rate, hidden, normalization, optimizer });
  assertEquals(few.titles, few.declared);
  const { titles, declared } = pairTitles(SIX_AXES);
  assertEquals(titles.toSorted(), declared.toSorted());
  assertEquals(titles.length, 15);
  assertEquals(titles.slice(0, 2), ["optimizer and hidden", "optimizer and normalization"]);
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

Deno.test("heatMapCharts() leaves out a pair of sampled axes, nearly all of whose cells are empty", () => {
  const values = Array.from({ length: 5000 }, (_, index) => index / 5000);
  const trials = values.map((value, index) => ({
    ...summary.trials[0],
    trial: `${index}`,
    point: { rate: value, normalization: value },
    bestValidationAccuracy: 0.5,
  }));
  // There are 25 million cells, so that this would not end in time if each were looked at.
  assertEquals(
    heatMapCharts({ ...summary, trials }, [{ x: ["normalization", values], y: ["rate", values], id: "map" }]),
    [],
  );
});
