import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { AxisValue } from "../../../../lib/experiment/trial/trial.ts";
import { comparedChart } from "../../../../lib/report/charts/compared_chart.ts";
import { renderChart } from "../../../../lib/report/charts/drawing/render_chart.ts";
import { storyCharts } from "../../../../lib/report/charts/story_charts.ts";
import type { Story } from "../../../../lib/report/story/story.ts";
import { fakeInspection, fakeStory } from "../../fakes.ts";

const HOSTILE = `</script>"><img src=x onerror=alert(1)> style="x" datum['a.b']`;

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
  ..."isDark trial line rank opacity colour group".split(" "),
];

Deno.test("renderChart() draws axes, values and classes that are called like words of JavaScript or Vega", async () => {
  for (const name of new Set(RESERVED)) {
    for (const chart of Object.values(storyCharts(storyAbout(name))).flat()) {
      const svg = await renderChart(chart);
      // Vega shortens long labels.
      const told = chart.lines === "trial" ? `"${name}=` : `>${name.slice(0, 12)}`;
      assertStringIncludes(svg, told, `${name}, ${chart.id}`);
    }
    const label = comparedChart([{ label: name, story: fakeStory({ rates: 2, epochs: 2 }) }])!;
    assertStringIncludes(await renderChart(label), `>${name}</text>`);
  }
});

Deno.test("renderChart() draws the legend of an axis, or of a value, that is called like a word of JavaScript", async () => {
  for (const name of new Set(RESERVED)) {
    const { summary, ...story } = storyAbout(name);
    const { [name]: rates, normalization } = summary.experiment.grid;
    for (const grid of [{ [name]: rates, normalization: [null] }, { [name]: [0.1], normalization }]) {
      const of = { ...story, summary: { ...summary, experiment: { ...summary.experiment, grid } } };
      const svg = await renderChart(storyCharts(of).curves[0]);
      assertStringIncludes(svg.slice(svg.indexOf("role-legend")), `>${name.slice(0, 12)}`);
    }
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
