import { assertEquals, assertStringIncludes } from "@std/assert";
import { effectChart } from "../../../lib/report/charts/effect_chart.ts";
import { renderChart } from "../../../lib/report/charts/drawing/render_chart.ts";
import { wideStory } from "../wide_story.ts";
import { fakeStory } from "../fakes.ts";

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

Deno.test("effectChart() writes the values of an axis with all their digits", async () => {
  const { summary } = wideStory({ grid: { hidden: [8, 64], batch: [16, 32] }, epochs: 1 });
  const ticks = async (axis: string, values: readonly number[]) => {
    const svg = await renderChart(effectChart(summary, { axis, values, index: 0 })!);
    const [labels] = svg.split("role-axis-label")[1].split("role-axis-domain");
    return [...labels.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  };
  assertEquals(await ticks("hidden", [8, 64]), ["8", "64"]);
  assertEquals(await ticks("batch", [16, 32]), ["16", "32"]);
});
