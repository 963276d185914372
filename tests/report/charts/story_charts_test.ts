import { assert, assertEquals } from "@std/assert";
import { storyCharts } from "../../../lib/report/charts/story_charts.ts";
import type { TextTable } from "../../../lib/report/summary/text_table.ts";
import { fakeInspection, fakeStory } from "../fakes.ts";

Deno.test("storyCharts() draws curves, effects, pairs and parallel coordinates, each with its numbers", () => {
  const charts = storyCharts(fakeStory({ rates: 3, epochs: 4, inspection: fakeInspection() }));
  const ids = Object.values(charts).flat().map(({ id }) => id);
  assertEquals(ids, [
    "accuracy",
    "train_accuracy",
    "loss",
    "effect_1",
    "effect_2",
    "heat_map_1_2",
    "parallel",
    "confusion",
  ]);
  const tables: readonly TextTable[] = Object.values(charts).flat().map(({ table }) => table);
  for (const { head, rows } of tables) {
    assert(rows.length > 0);
    assertEquals(rows.filter((row) => row.length !== head.length), []);
  }
  assertEquals(charts.heatMaps[0].table.rows[0], ["0.0001", "40.00 %", "74.84 %", "70.49 %"]);
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
    assertEquals(storyCharts(story).tested, []);
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
  assertEquals(storyCharts(few).tested.length, 1);
});

Deno.test("storyCharts() leaves out what would show nothing", () => {
  const one = storyCharts(fakeStory({ rates: 1, epochs: 1 }));
  assertEquals([one.effects.length, one.heatMaps.length, one.parallel.length, one.tested.length], [
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
