import { assertEquals, assertStringIncludes } from "@std/assert";
import { drawTrend } from "../../../lib/report/trend/draw_trend.ts";
import { FIRST, HISTORY, trendOf } from "./fakes.ts";

Deno.test("drawTrend() draws the same bytes each time", async () => {
  const [one, other] = [await drawTrend(trendOf(HISTORY)), await drawTrend(trendOf(HISTORY))];
  assertEquals(one, other);
});

Deno.test("drawTrend() makes a page with chart, commits and reasons that loads nothing", async () => {
  const { page } = await drawTrend(trendOf(HISTORY));
  assertStringIncludes(page, "default-src &#39;none&#39;; img-src data:");
  assertEquals(page.match(/(?:src|href)="(?!#)[^"]*"/g), null);
  assertStringIncludes(page, "<h1>Trend of the results</h1>");
  assertStringIncludes(page, "&lt;b&gt;other&lt;/b&gt; bits");
  assertStringIncludes(page, "reason in CHANGES.md: <strong>a faster `kernel` &lt;1&gt;</strong>");
  assertStringIncludes(page, '<li class="text">Cannot read c4: it must be JSON, found an empty file</li>');
});

Deno.test("drawTrend() leaves out the section of changes when there is none", async () => {
  const { page } = await drawTrend(trendOf([{ summary: FIRST }]));
  assertEquals(page.includes('id="changes"'), false);
});
