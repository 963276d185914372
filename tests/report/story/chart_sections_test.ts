import { assertEquals } from "@std/assert";
import { bySection } from "../../../lib/report/story/chart_sections.ts";

Deno.test("bySection() has each section in the order of the report, with what belongs to it", () => {
  const groups = { parallel: 4, heatMaps: 3, effects: 2, curves: 1 };
  assertEquals(bySection(groups).map(({ id, title, charts }) => [id, title, charts]), [
    ["curves", "How training went", 1],
    ["effects", "What each parameter does", 2],
    ["heat_maps", "Parameters in pairs", 3],
    ["parallel", "All parameters at once", 4],
  ]);
});
