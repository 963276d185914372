import { assertEquals } from "@std/assert";
import { drawTrend } from "../../lib/report/trend/draw_trend.ts";
import { FIRST, HISTORY, trendOf } from "../report/trend/fakes.ts";
import { hasTools, needing } from "../setup/needing.ts";
import { contrasts, nameless, overhang, tableless } from "./judge.ts";
import { visit } from "./visit.ts";

const LONG = "one_word_that_no_browser_breaks_at_a_space_because_it_has_none_".repeat(3);

let folder: string | null = null;

Deno.test.beforeAll(async () => {
  if (!hasTools("chromium")) return;
  folder = await Deno.makeTempDir();
  const long = {
    summary: { ...FIRST, winner: { ...FIRST.winner!, point: { rate: LONG } } },
    subject: LONG,
    changes: `## ${LONG}\n`,
  };
  const followed = [{ id: "0.1-0", point: { rate: 0.1 }, repeat: 0 }];
  const { page } = await drawTrend(trendOf([...HISTORY, long], followed));
  await Deno.writeTextFile(`${folder}/trend.html`, page);
});
Deno.test.afterAll(async () => {
  if (folder !== null) await Deno.remove(folder, { recursive: true });
});

for (const width of [320, 390, 1280]) {
  Deno.test(
    needing(
      "chromium",
      `the page of a trend is no wider than a screen of ${width} pixels, and each chart has a table`,
    ),
    () =>
      visit({ url: `file://${folder}/trend.html`, viewport: { width, height: 800 } }, async (page) => {
        assertEquals(await overhang(page), 0);
        assertEquals([await nameless(page), await tableless(page)], [[], []]);
        const rows = await page.evaluate(() => document.querySelectorAll("#commits tbody tr").length);
        assertEquals(rows, 8);
      }),
  );
}

for (const colorScheme of ["light", "dark"] as const) {
  Deno.test(
    needing("chromium", `the page of a trend can be read in ${colorScheme} mode`),
    () =>
      visit({ url: `file://${folder}/trend.html`, colorScheme }, async (page) => {
        const selectors = ["h1", "figcaption", "#commits td", "#changes li", ".role-axis-label text"];
        const found = await contrasts(page, selectors);
        assertEquals(found.filter(({ ratio }) => ratio < 4.5), []);
      }),
  );
}
