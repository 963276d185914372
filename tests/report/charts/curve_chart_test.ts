import { assertEquals, assertStringIncludes } from "@std/assert";
import { curveChart } from "../../../lib/report/charts/curve_chart.ts";
import { renderChart } from "../../../lib/report/charts/drawing/render_chart.ts";
import { fakeStory } from "../fakes.ts";

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
