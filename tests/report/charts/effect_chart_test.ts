import { assertEquals, assertStringIncludes } from "@std/assert";
import { effectChart } from "../../../lib/report/charts/effect_chart.ts";
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
