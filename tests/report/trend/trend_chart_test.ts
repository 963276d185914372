import { assertEquals, assertStringIncludes } from "@std/assert";
import { renderChart } from "../../../lib/report/charts/drawing/render_chart.ts";
import { trendChart } from "../../../lib/report/trend/trend_chart.ts";
import { FIRST, HISTORY, trendOf } from "./fakes.ts";

const FOLLOWED = [{ id: "0.1-0", point: { rate: 0.1 }, repeat: 0 }];

Deno.test("trendChart() has a line for winner, test, mean and each followed trial, with gaps", () => {
  const { table, caption } = trendChart(trendOf(HISTORY, FOLLOWED));
  assertEquals(table, {
    head: ["commit", "winner, validation", "winner, test", "mean of all points", "trial 0.1-0"],
    rows: [
      ["2026-01-31 c0", "75.00 %", "50.00 %", "62.50 %", "50.00 %"],
      ["2026-01-31 c2", "75.00 %", "50.00 %", "68.75 %", "62.50 %"],
      ["2026-01-31 c3", "75.00 %", "50.00 %", "68.75 %", "62.50 %"],
      ["2026-01-31 c4", "", "", "", ""],
      ["2026-01-31 c5", "75.00 %", "50.00 %", "68.75 %", "62.50 %"],
      ["2026-01-31 c6", "", "", "", ""],
      ["again", "75.00 %", "50.00 %", "68.75 %", "62.50 %"],
    ],
  });
  assertStringIncludes(
    caption,
    "Trial 0.1-0 is rate=0.1. 1 commit changed other files only, such as the report, and is left out.",
  );
});

Deno.test("trendChart() draws the lines, a mark for each change, and the names of commits and marks", async () => {
  const svg = await renderChart(trendChart(trendOf(HISTORY, FOLLOWED)));
  const marks = [...svg.matchAll(/aria-label="(2026[^":]*: (?:accuracy|only|declared)[^"]*)"/g)];
  assertEquals(marks.map(([, about]) => about), [
    "2026-01-31 c2: accuracy changed",
    "2026-01-31 c3: only bits changed",
    "2026-01-31 c5: declared otherwise",
  ]);
  const texts = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  const expected = ["winner, validation", "trial 0.1-0", "declared otherwise", "2026-01-31 c6", "again"];
  assertEquals(expected.filter((text) => !texts.includes(text)), []);
  assertStringIncludes(svg, 'aria-label="2026-01-31 c0: mean of all points 62.50 %"');
});

Deno.test("trendChart() can be drawn when there is no accuracy, and when there are a thousand commits", async () => {
  assertStringIncludes(await renderChart(trendChart(trendOf([{ problem: "Cannot read it" }]))), "<svg");
  const many = trendOf(
    Array.from({ length: 1000 }, (_, at) => ({
      summary: { ...FIRST, dataDigest: String(at) },
      subject: String(at),
    })),
  );
  const svg = await renderChart(trendChart(many));
  const names = svg.match(/>2026-01-31 c\d+</g)!;
  assertEquals(names.length > 1 && names.length < 100, true);
});
