import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { extent } from "../../../lib/core/numbers/extent.ts";
import type { AxisValue } from "../../../lib/experiment/trial/trial.ts";
import { axisPositions, axisScale, sortedValues } from "../../../lib/report/charts/axis_scale.ts";
import { comparedChart } from "../../../lib/report/charts/compared_chart.ts";
import { curveChart } from "../../../lib/report/charts/curve_chart.ts";
import type { ChartTable } from "../../../lib/report/charts/drawing/chart.ts";
import { renderChart } from "../../../lib/report/charts/drawing/render_chart.ts";
import { effectChart } from "../../../lib/report/charts/effect_chart.ts";
import { percentFormat } from "../../../lib/report/charts/percent_format.ts";
import { quantile } from "../../../lib/report/charts/quantile.ts";
import { storyCharts } from "../../../lib/report/charts/story_charts.ts";
import { historyCsv } from "../../../lib/report/files/history_csv.ts";
import { indexHistory } from "../../../lib/report/files/history_rows.ts";
import { curvesOfEvents, curvesOfHistory } from "../../../lib/report/story/curve.ts";
import type { Story } from "../../../lib/report/story/story.ts";
import { confidenceInterval } from "../../../lib/report/summary/confidence_interval.ts";
import { doneEvents, fakeExperiment, fakeGrid, fakeInspection, fakeStory } from "../fakes.ts";

const HOSTILE = `</script>"><img src=x onerror=alert(1)> style="x" datum['a.b']`;

Deno.test("confidenceInterval() is that of Student's t", () => {
  // From the usual tables: t(0.975) is 12.706, 2.262, 2.228, 2.201, 2.042 and 1.984 at 1, 9, 10, 11, 30 and 100.
  const quantiles = [[1, 12.7062], [9, 2.26216], [10, 2.22814], [11, 2.20099], [30, 2.04227], [100, 1.98397]];
  for (const [degrees, quantile] of quantiles) {
    // As many +1 as -1, and a 0 if their number is odd: the mean is 0.
    const n = degrees + 1;
    const values = Array.from({ length: n }, (_, i) => i < n - n % 2 ? (i % 2 === 0 ? 1 : -1) : 0);
    const deviation = Math.sqrt((n - n % 2) / degrees);
    const interval = confidenceInterval(values)!;
    assertEquals(interval.mean, 0);
    assertAlmostEquals(interval.halfWidth!, (quantile * deviation) / Math.sqrt(n), 1e-4);
  }
  assertEquals(confidenceInterval([0.5]), { mean: 0.5, halfWidth: null });
  assertEquals(confidenceInterval([]), null);
});

Deno.test("quantile() lies between two values by proportion", () => {
  const cases = [[0, 1], [0.5, 2.5], [0.25, 1.75], [1, 4]];
  for (const [share, expected] of cases) assertEquals(quantile([1, 2, 3, 4], share), expected);
  assertEquals(quantile([7], 0.95), 7);
});

Deno.test("percentFormat() shows as many decimals as ticks need to differ", () => {
  const cases: readonly (readonly [number, number, string])[] = [[0.1, 0.9, ".0%"], [0.55, 0.57, ".1%"], [
    0.5,
    0.501,
    ".2%",
  ]];
  for (const [low, high, expected] of cases) assertEquals(percentFormat([high, low]), expected);
});

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

Deno.test("curvesOfHistory() reads from history.csv what curvesOfEvents() reads from events", () => {
  const grid = fakeGrid(fakeExperiment());
  const events = [...doneEvents("0.1-0", 1 / 3), ...doneEvents("0.2-0", 0.1)];
  const history = indexHistory(historyCsv(grid, { events }), { path: "history.csv" });
  assertEquals([...curvesOfHistory(history)], [...curvesOfEvents(events)]);
});

Deno.test("storyCharts() draws curves, effects, pairs and parallel coordinates, each with its numbers", () => {
  const charts = storyCharts(fakeStory({ rates: 3, epochs: 4, inspection: fakeInspection() }));
  const ids = Object.values(charts).flat().map(({ id }) => id);
  assertEquals(ids, ["accuracy", "loss", "effect_1", "effect_2", "heat_map_1_2", "parallel", "confusion"]);
  const tables: readonly ChartTable[] = Object.values(charts).flat().map(({ table }) => table);
  for (const { head, rows } of tables) {
    assert(rows.length > 0);
    assertEquals(rows.filter((row) => row.length !== head.length), []);
  }
  assertEquals(charts.heatMaps[0].table.rows[0], ["0.0001", "40.00 %", "74.84 %", "70.49 %"]);
});

Deno.test("axisPositions() has a place for each number, however far apart the numbers are", () => {
  assertEquals([...axisPositions("x", { values: [-1.7e308, 0, 1.7e308] }).values()], [0, 0.5, 1]);
});

Deno.test("storyCharts() makes no matrix of more than 100 classes", () => {
  const classNames = Array.from({ length: 101 }, (_, index) => `class ${index}`);
  const matrix = classNames.map(() => classNames.map(() => 1));
  for (const confusion of [[], matrix]) {
    const story = fakeStory({
      rates: 1,
      epochs: 1,
      inspection: { ...fakeInspection(), classNames, confusion },
    });
    assertEquals(storyCharts(story).confusion, []);
  }
  const few = fakeStory({
    rates: 1,
    epochs: 1,
    inspection: {
      ...fakeInspection(),
      classNames: classNames.slice(1),
      confusion: matrix.slice(1).map((row) => row.slice(1)),
    },
  });
  assertEquals(storyCharts(few).confusion.length, 1);
});

Deno.test("extent() finds the lowest and the highest of more numbers than a call takes", () => {
  const values = Array.from({ length: 300_000 }, (_, index) => index);
  assertEquals(extent(values), [0, 299_999]);
  assertEquals(extent([]), [Infinity, -Infinity]);
});

Deno.test("storyCharts() leaves out what would show nothing", () => {
  const one = storyCharts(fakeStory({ rates: 1, epochs: 1 }));
  assertEquals([one.effects.length, one.heatMaps.length, one.parallel.length, one.confusion.length], [
    1,
    0,
    0,
    0,
  ]);
  const { summary } = fakeStory({ rates: 2, epochs: 1 });
  const pending = {
    ...summary,
    winner: null,
    trials: summary.trials.map((trial) => ({ ...trial, bestValidationAccuracy: null })),
    points: [],
  };
  const none = storyCharts({ summary: pending, curves: new Map(), inspection: null });
  assertEquals(Object.values(none).flat(), []);
});

Deno.test("curveChart() draws each trial up to 1,000, and bands above", async () => {
  const few = curveChart(fakeStory({ rates: 3, epochs: 3 }), { measure: "loss" })!;
  assertEquals((await renderChart(few)).match(/aria-label="rate=/g)?.length, 9);
  const many = curveChart(fakeStory({ rates: 334, epochs: 3 }), { measure: "loss" })!;
  assertStringIncludes(many.caption, "50 % and 90 % of the 1002 trials");
  assertEquals((await renderChart(many)).match(/aria-label="rate=/g)?.length, 1);
});

Deno.test("curveChart() shows the axis of trials that are done where one diverged", async () => {
  const story = fakeStory({ rates: 2, epochs: 3 });
  const wild = story.summary.trials[0].trial;
  const curves = new Map(story.curves).set(wild, {
    ...story.curves.get(wild)!,
    loss: [null, 10, 1e30, 1e35],
  });
  const trials = story.summary.trials.map((trial) =>
    trial.trial === wild ? { ...trial, status: "diverged" as const } : trial
  );
  const chart = curveChart({ ...story, summary: { ...story.summary, trials }, curves }, { measure: "loss" })!;
  const svg = await renderChart(chart);
  assertStringIncludes(svg, ">diverged<");
  assertEquals(/>\d+e\+\d+</.test(svg), false);
});

Deno.test("renderChart() writes the same bytes each time, with ids of its own and nothing that a policy forbids", async () => {
  const charts = storyCharts(fakeStory({ rates: 3, epochs: 4, inspection: fakeInspection() }));
  for (const chart of Object.values(charts).flat()) {
    const svg = await renderChart(chart);
    assert(await renderChart(chart) === svg, chart.id);
    assertEquals(svg.replace(/aria-label="[^"]*"/g, "").match(/\d\.\d{4,}[^<\d]|\de-\d/g), null, chart.id);
    for (const [, id] of svg.matchAll(/\bid="([^"]*)"/g)) assertStringIncludes(id, `${chart.id}_`);
    assertEquals(/<[^>]*\b(style|onload|href)=/.test(svg.replace(/href="#/g, "")), false, chart.id);
  }
});

/** Stories in which something is alone, the same everywhere, or as far apart as numbers are. */
const ODD_STORIES: readonly (readonly [what: string, change: (story: Story) => Story])[] = [
  ["one trial alone", (story) => {
    const [winner] = story.summary.winner!.trials;
    const trials = story.summary.trials.filter(({ trial }) => trial === winner);
    return { ...story, summary: { ...story.summary, trials } };
  }],
  ["one accuracy for all", ({ summary, ...story }) => ({
    ...story,
    summary: {
      ...summary,
      trials: summary.trials.map((trial) => ({ ...trial, bestValidationAccuracy: 0.5 })),
      points: summary.points.map((point) => ({
        ...point,
        validationAccuracy: { mean: 0.5, standardDeviation: null, values: [0.5] },
      })),
    },
  })],
  ["numbers as far apart as can be", (story) => withRates(story, [-1.7e308, 1.7e308, 0])],
  ["numbers as small as can be", (story) => withRates(story, [5e-324, 1e-323, 1.5e-323])],
  ["numbers next to each other", (story) => withRates(story, [0.1, 0.1 + 2 ** -56, 0.1 + 2 ** -55])],
];

function withRates({ summary, ...story }: Story, rates: readonly number[]): Story {
  const before = summary.experiment.grid.rate;
  const moved = <T extends { readonly point: Readonly<Record<string, AxisValue>> }>(result: T): T => ({
    ...result,
    point: { ...result.point, rate: rates[before.indexOf(result.point.rate)] },
  });
  const experiment = { ...summary.experiment, grid: { ...summary.experiment.grid, rate: rates } };
  return {
    ...story,
    summary: { ...summary, experiment, trials: summary.trials.map(moved), points: summary.points.map(moved) },
  };
}

for (const [what, change] of ODD_STORIES) {
  Deno.test(`renderChart() draws finite numbers where a story has ${what}`, async () => {
    const charts = storyCharts(change(fakeStory({ rates: 3, epochs: 2, inspection: fakeInspection() })));
    for (const chart of Object.values(charts).flat()) {
      const found = (await renderChart(chart)).match(/.{0,80}(NaN|Infinity|undefined).{0,40}/);
      assertEquals(found?.[0], undefined, chart.id);
    }
  });
}

Deno.test("renderChart() leaves hostile names as text", async () => {
  const story = hostileStory();
  for (const chart of Object.values(storyCharts(story)).flat()) {
    const svg = await renderChart(chart);
    assertEquals(/<\/?(script|img)/i.test(svg), false, chart.id);
    assertEquals(/<[^>]* onerror=/i.test(svg.replace(/"[^"]*"/g, '""')), false, chart.id);
  }
  const [effect] = storyCharts(story).effects;
  assertStringIncludes(effect.title, HOSTILE);
});

/** Words of JavaScript and of Vega's expressions, and fields that every object or every chart has. */
const RESERVED = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ..."break case catch class const continue debugger default delete do else enum export extends false finally for"
    .split(" "),
  ..."function if implements import in instanceof interface let new null package private protected public"
    .split(" "),
  ..."return static super switch this throw true try typeof undefined var void while with yield eval NaN"
    .split(" "),
  ..."datum event item parent width height padding format data group x y value mean low high about text epoch"
    .split(" "),
  ..."isDark trial line".split(" "),
];

Deno.test("renderChart() draws axes, values and classes that are called like words of JavaScript or Vega", async () => {
  for (const name of new Set(RESERVED)) {
    for (const chart of Object.values(storyCharts(storyAbout(name))).flat()) {
      const svg = await renderChart(chart);
      // Vega shortens long labels.
      const told = chart.id === "accuracy" || chart.id === "loss" ? `"${name}=` : `>${name.slice(0, 12)}`;
      assertStringIncludes(svg, told, `${name}, ${chart.id}`);
    }
    const label = comparedChart([{ label: name, story: fakeStory({ rates: 2, epochs: 2 }) }])!;
    assertStringIncludes(await renderChart(label), `>${name}</text>`);
  }
});

function hostileStory(): Story {
  return storyAbout(HOSTILE);
}

/** Returns a story with one name for an axis, a value of the other axis, a class and the question. */
function storyAbout(name: string): Story {
  const { summary, curves } = fakeStory({ rates: 2, epochs: 2 });
  const value = <V>(given: V) => given === "batchnorm" ? name : given;
  const rename = <V>(
    { rate, normalization }: Readonly<Record<string, V>>,
    map: (given: V) => unknown,
  ) => Object.fromEntries([[name, rate], ["normalization", map(normalization)]]) as Record<string, V>;
  const { grid } = summary.experiment;
  return {
    summary: {
      ...summary,
      experiment: {
        ...summary.experiment,
        question: name,
        grid: rename(grid, (values) => values.map(value)),
      },
      points: summary.points.map((result) => ({ ...result, point: rename(result.point, value) })),
      trials: summary.trials.map((trial) => ({ ...trial, point: rename(trial.point, value) })),
    },
    curves,
    inspection: { ...fakeInspection(), classNames: [name, `${name}2`] },
  };
}

Deno.test("effectChart() shows a thousand values at most, and looks at each trial once", () => {
  const { summary } = fakeStory({ rates: 2500, epochs: 1 });
  let looks = 0;
  const trials = summary.trials.map((trial) => ({
    ...trial,
    get point() {
      looks += 1;
      return trial.point;
    },
  }));
  const values = summary.experiment.grid.rate;
  const chart = effectChart({ ...summary, trials }, { axis: "rate", values, index: 0 })!;
  assertEquals(looks, trials.length);
  assertEquals(chart.table.rows.length, 834);
  assertEquals(chart.table.rows.slice(0, 2).map(([value, , , count]) => [value, count]), [["0.0001", "3"], [
    "0.0004",
    "3",
  ]]);
  assertStringIncludes(chart.caption, "bars are 95 % intervals. 834 of the 2500 values are shown.");
});
