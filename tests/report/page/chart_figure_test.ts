import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { COLOURS } from "../../../lib/report/charts/drawing/theme.ts";
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
  assertStringIncludes(markup, '<figure class="chart" id="chart_loss">');
  assertStringIncludes(markup, "<summary>Numbers: Loss &amp; more</summary>");
  assert(markup.includes("How to read it."));
  assertEquals(markup.includes("xmlns"), false);
});
