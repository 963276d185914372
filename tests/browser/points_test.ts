import { assertEquals, assertStringIncludes } from "@std/assert";
import { needing } from "../setup/needing.ts";
import { lit } from "./judge.ts";
import { seeStory } from "./see_story.ts";

const inBrowser = (name: string) => needing("chromium", name);

Deno.test(
  inBrowser("report.html has one row of the points among the stops of the tab key, from which keys go on"),
  () =>
    seeStory("six_axes", async (page) => {
      const stops = page.locator("#points_table tr[tabindex='0']");
      assertEquals(await stops.count(), 1);
      await stops.focus();
      await page.keyboard.press("ArrowDown");
      assertEquals(await stops.count(), 1);
      const second = page.locator("#points_table tbody tr").nth(1);
      const point = await second.getAttribute("data-point");
      assertEquals((await lit(page)).points, [point]);
      assertEquals(await page.locator("#points_table tr.lit").getAttribute("data-point"), point);
      const [trial] = (await lit(page)).rows;
      await page.keyboard.press("Enter");
      assertEquals(await page.locator("#panel h2").textContent(), `Trial ${trial}`);
      await page.keyboard.press("Escape");
      assertEquals(
        await page.evaluate(() => (document.activeElement as HTMLElement).dataset.point),
        point,
      );
    }),
);

Deno.test(
  inBrowser("report.html has a row of trials among the stops of the tab key once the trials are unfolded"),
  () =>
    seeStory("one_axis", async (page) => {
      await page.locator("#trials > details > summary").click();
      await page.locator("#trials > details > summary").click();
      assertEquals(await page.locator("#trials_table tr[tabindex='0']").count(), 1);
    }),
);

Deno.test(
  inBrowser("report.html highlights the curves of all trials of a point, from its row"),
  () =>
    seeStory("one_axis", async (page) => {
      await page.locator('#points_table tr[data-point="1"]').hover();
      const { curves, rows } = await lit(page);
      assertEquals([curves.length, rows.length], [3, 3]);
      const labels = await page.evaluate(() =>
        [...document.querySelectorAll("#chart_accuracy .lit")].map((line) => line.getAttribute("aria-label")!)
      );
      for (const label of labels) assertStringIncludes(label, "hidden=16,");
    }),
);
