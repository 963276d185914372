import { assertEquals, assertStringIncludes } from "@std/assert";
import { axisEffects } from "../../../lib/report/evidence/axis_effects.ts";
import { variedAxesOf } from "../../../lib/report/evidence/varied_axes.ts";
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
  const [axis] = variedAxesOf(summary);
  const effects = axisEffects({ ...summary, trials }, axis)!;
  const chart = effectChart(effects, { index: 0 });
  assertEquals(looks, trials.length);
  // Every third of 2,500 values, and the best one.
  assertEquals(chart.table.rows.length, 835);
  assertStringIncludes(chart.caption, "a small dot one pair. 835 of the 2500 values are shown.");
});
