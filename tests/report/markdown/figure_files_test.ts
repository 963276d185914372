import { assertEquals } from "@std/assert";
import { figureFiles, FILTERS_FIGURE, MISTAKES_FIGURE } from "../../../lib/report/markdown/figure_files.ts";
import { fakeInspection, fakeStory } from "../fakes.ts";

const CHARTS = {
  curves: [{ id: "loss", svg: "<svg/>" }],
  effects: [],
  heatMaps: [],
  parallel: [],
  confusion: [{ id: "confusion", svg: "<svg></svg>" }],
} as unknown as Parameters<typeof figureFiles>[1]["charts"];

function namesOf(inspection: Parameters<typeof figureFiles>[0]["inspection"]): readonly string[] {
  const story = fakeStory({ rates: 1, epochs: 1, inspection });
  return [...figureFiles(story, { charts: CHARTS }).keys()];
}

Deno.test("figureFiles() has a file a chart, and pictures of what the winner was looked at for", () => {
  const charts = ["figure_loss.svg", "figure_confusion.svg"];
  const inspection = fakeInspection();
  assertEquals(namesOf(null), charts);
  assertEquals(namesOf(inspection), [...charts, MISTAKES_FIGURE, FILTERS_FIGURE]);
  assertEquals(namesOf({ ...inspection, mistakes: [] }), [...charts, FILTERS_FIGURE]);
  assertEquals(namesOf({ ...inspection, filters: [] }), [...charts, MISTAKES_FIGURE]);
  assertEquals(namesOf({ ...inspection, image: null }), charts);
});
