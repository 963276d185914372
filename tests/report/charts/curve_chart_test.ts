import { assertEquals, assertStringIncludes } from "@std/assert";
import { curveChart } from "../../../lib/report/charts/curve_chart.ts";
import { renderChart } from "../../../lib/report/charts/drawing/render_chart.ts";
import { epochMetrics } from "../../../lib/report/summary/metric.ts";
import { fakeStory } from "../fakes.ts";
import { SIX_AXES, wideStory } from "../wide_story.ts";

const [VALIDATION, TRAINING, LOSS] = epochMetrics({});

Deno.test("curveChart() draws each trial up to 1,000, and bands above", async () => {
  const few = curveChart(fakeStory({ rates: 3, epochs: 3 }), { metric: LOSS })!;
  assertEquals((await renderChart(few)).match(/aria-label="rate=/g)?.length, 9);
  const many = curveChart(fakeStory({ rates: 334, epochs: 3 }), { metric: LOSS })!;
  assertStringIncludes(many.caption, "50 % and 90 % of the 1002 trials");
  assertEquals((await renderChart(many)).match(/aria-label="rate=/g)?.length, 1);
});

Deno.test("curveChart() names each line by its trial", async () => {
  const story = fakeStory({ rates: 2, epochs: 3 });
  const svg = await renderChart(curveChart(story, { metric: VALIDATION })!);
  const named = [...svg.matchAll(/<path data-trial="([^"]*)" aria-label="rate=[^"]*\(trial ([^"]*)\)"/g)];
  assertEquals(named.map(([, trial]) => trial).sort(), story.summary.trials.map(({ trial }) => trial).sort());
  assertEquals(named.map(([, trial]) => trial), named.map(([, , trial]) => trial));
});

Deno.test("curveChart() shows the axis of trials that are done where one diverged", async () => {
  const story = fakeStory({ rates: 2, epochs: 3 });
  const wild = story.summary.trials[0].trial;
  const curves = new Map(story.curves).set(wild, {
    ...story.curves.get(wild)!,
    loss: Float64Array.of(NaN, 10, 1e30, 1e35),
  });
  const trials = story.summary.trials.map((trial) =>
    trial.trial === wild ? { ...trial, status: "diverged" as const } : trial
  );
  const chart = curveChart({ ...story, summary: { ...story.summary, trials }, curves }, { metric: LOSS })!;
  const svg = await renderChart(chart);
  assertStringIncludes(svg, ">diverged<");
  assertEquals(/\d+e\+\d+/.test(svg), false);
});

/** Returns the labels of the vertical axis. */
async function heights(chart: Parameters<typeof renderChart>[0]): Promise<readonly string[]> {
  const svg = await renderChart(chart);
  const [, axis] = svg.split('aria-label="Y-axis');
  return [...axis.split("role-axis-title")[0].matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) =>
    text
  );
}

const RANGES = [
  [VALIDATION, "75%", "100%", "epoch 0 of 144 trials and later values of 1 trial"],
  [TRAINING, "75%", "100%", "epoch 0 of 144 trials and later values of 1 trial"],
  [LOSS, "0", "1", "later values of 1 trial"],
] as const;

for (const [metric, low, high, outside] of RANGES) {
  Deno.test(`curveChart() shows the bulk of the ${metric.label} when one trial explodes, and says what is outside`, async () => {
    const chart = curveChart(wideStory({ grid: SIX_AXES, epochs: 8 }), { metric })!;
    assertEquals(
      chart.caption,
      `Each line is a trial; the winner's is thick. Outside of the frame: ${outside}.`,
    );
    const labels = await heights(chart);
    assertEquals([labels[0], labels.at(-1)], [low, high]);
  });
}

Deno.test("curveChart() has the colours of the winner, or those of the axis when one alone has several values", async () => {
  const strokes = async (grid: Parameters<typeof wideStory>[0]["grid"]) => {
    const svg = await renderChart(curveChart(wideStory({ grid, epochs: 3 }), { metric: VALIDATION })!);
    const lines = [...svg.matchAll(/<path data-trial="[^"]*" aria-label="([^"]*)"[^>]* stroke="([^"]*)"/g)];
    const hidden = (label: string) => Number(/hidden=(\d+)/.exec(label)![1]);
    return lines.toSorted(([, left], [, right]) => hidden(left) - hidden(right)).map(([, , stroke]) =>
      stroke
    );
  };
  assertEquals(await strokes({ hidden: [4, 16, 64, 256] }), ["#2f5fd0", "#9c51bf", "#c74e81", "#d97a1a"]);
  assertEquals(
    new Set(await strokes({ hidden: [4, 16, 64, 256], batch: [8, 16] })),
    new Set(["#0072b2", "#8c959d", "#d55e01"]),
  );
});
