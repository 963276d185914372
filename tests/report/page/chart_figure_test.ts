import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { COLOURS } from "../../../lib/report/charts/drawing/theme.ts";
import { epochMetrics } from "../../../lib/report/summary/metric.ts";
import { chartFigure } from "../../../lib/report/page/chart_figure.ts";

Deno.test("chartFigure() gives the palette's colours to the page, and leaves all else of a picture alone", () => {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="9"><path fill="${COLOURS.ink}" stroke="#123456"/>` +
    `<text>="${COLOURS.ink}"</text></svg>\n`;
  const { markup } = chartFigure({
    id: "loss",
    title: "Loss & more",
    caption: "How to read it.",
    svg,
    spec: {} as never,
    table: { head: ["epoch"], rows: [["1"]] },
  });
  assertStringIncludes(
    markup,
    '<svg aria-hidden="true" focusable="false" width="9"><path fill="var(--ink)" stroke="#123456"/>' +
      `<text>="${COLOURS.ink}"</text></svg></div>`,
  );
  assertStringIncludes(markup, '<figure class="chart" id="chart_loss" data-metric="">');
  assertStringIncludes(markup, "<summary>Numbers: Loss &amp; more</summary>");
  assert(markup.includes("How to read it."));
  assertEquals(markup.includes("xmlns"), false);
});

const drawn = {
  id: "loss",
  title: "Loss",
  caption: "",
  spec: {} as never,
  table: { head: ["epoch"], rows: [["1"]] },
};
const ofWidth = (width: number) =>
  chartFigure({ ...drawn, svg: `<svg xmlns="x" class="marks" width="${width}">` }).markup;

Deno.test("chartFigure() lets a chart fill the page, unless it is small, and scroll when it is too wide for a phone", () => {
  assertStringIncludes(ofWidth(399), '<figure class="chart" ');
  assertStringIncludes(ofWidth(400), '<figure class="chart fills" ');
  assertEquals(ofWidth(600).includes("Scroll the chart"), false);
  assertStringIncludes(ofWidth(601), '<figure class="chart wide" ');
  assertStringIncludes(ofWidth(601), "Scroll the chart sideways to see all of it.");
});

Deno.test("chartFigure() names the metric of a chart, and what its lines are", () => {
  const { markup } = chartFigure({ ...drawn, svg: "", metric: epochMetrics({})[2], lines: "trial" });
  assertStringIncludes(markup, 'data-metric="training loss"');
  assertStringIncludes(markup, 'data-lines="trial"');
  assertStringIncludes(markup, "the keys up and down go through the lines, Enter opens a trial");
});
