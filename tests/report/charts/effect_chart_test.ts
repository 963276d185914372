import { assertEquals, assertStringIncludes } from "@std/assert";
import { type AxisEffects, axisEffects } from "../../../lib/report/evidence/axis_effects.ts";
import { variedAxesOf } from "../../../lib/report/evidence/varied_axes.ts";
import { effectChart } from "../../../lib/report/charts/effect_chart.ts";
import { renderChart } from "../../../lib/report/charts/drawing/render_chart.ts";
import { wideStory } from "../wide_story.ts";
import { selectedMetric } from "../../../lib/report/summary/metric.ts";
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
  assertStringIncludes(chart.caption, "a small dot beside it one pair. 835 of the 2500 values are shown.");
});

Deno.test("effectChart() writes the values of an axis with all their digits", async () => {
  const { summary } = wideStory({ grid: { hidden: [8, 64], batch: [16, 32] }, epochs: 1 });
  const ticks = async (index: number) => {
    const effects = axisEffects(summary, variedAxesOf(summary)[index])!;
    const svg = await renderChart(effectChart(effects, { index }));
    const [labels] = svg.split("role-axis-label")[1].split("role-axis-domain");
    return [...labels.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  };
  assertEquals(await ticks(0), ["8", "64"]);
  assertEquals(await ticks(1), ["16", "32"]);
});

Deno.test("effectChart() says how many single pairs lie outside of its frame, if any do", () => {
  const grid = { optimizer: ["sgd", "adam"], hidden: [8, 16, 32, 64, 128, 256] } as const;
  const { summary } = wideStory({ grid, epochs: 1, repeats: 3 });
  const captions = variedAxesOf(summary).map((axis, index) =>
    effectChart(axisEffects(summary, axis)!, { index }).caption
  );
  const outside = captions.map((caption) =>
    /Outside of the frame: (\d+) of (\d+) pairs/.exec(caption)?.slice(1)
  );
  assertEquals(outside, [undefined, ["1", "17"]]);
});

const NAMES: readonly (readonly [what: string, values: readonly string[], isTurned: boolean])[] = [
  ["short", ["sgd", "adam"], false],
  ["long", ["crop_and_flip", "crop_and_jitter", "another_long_one", "none"], true],
  ["many", Array.from({ length: 24 }, (_, index) => `preset${index}`), true],
];

for (const [what, values, isTurned] of NAMES) {
  Deno.test(`effectChart() shows every name of a value when they are ${what}`, async () => {
    const levels = values.map((_, level) => ({
      level,
      difference: level === 0 ? null : { mean: -0.01, halfWidth: 0.005, count: 3 },
      differences: level === 0 ? [] : [-0.01, -0.02, 0],
    }));
    const effects = { best: 0, levels } as unknown as AxisEffects["effects"];
    const svg = await renderChart(
      effectChart({ axis: "kind", values, effects, metric: selectedMetric({}) }, { index: 0 }),
    );
    const [labels] = svg.split("role-axis-label")[1].split("role-axis-domain");
    const shown = [...labels.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)];
    assertEquals(shown.map(([, , text]) => text), values);
    for (const [, attributes] of shown) {
      assertEquals(attributes.includes("rotate("), isTurned);
      assertEquals(attributes.includes('opacity="0"'), false);
    }
  });
}
