import { assert, assertEquals } from "@std/assert";
import { needing } from "../setup/needing.ts";
import { overhang } from "./judge.ts";
import { seeStory } from "./see_story.ts";

const inBrowser = (name: string) => needing("chromium", name);

Deno.test(
  inBrowser("report.html folds pairs of parameters beyond six, and opens them by the keyboard"),
  () =>
    seeStory("six_axes", async (page) => {
      const shown = () =>
        page.evaluate(() =>
          [...document.querySelectorAll("#heat_maps figure")].filter((figure) => figure.checkVisibility())
            .length
        );
      assertEquals(await shown(), 6);
      await page.locator("#heat_maps .more > summary").press("Enter");
      assertEquals(await shown(), 15);
    }),
);

for (const name of ["six_axes", "one_axis"] as const) {
  for (const width of [320, 390, 1280]) {
    Deno.test(
      inBrowser(`report.html of ${name} is no wider than a screen of ${width} pixels, nor is its panel`),
      () =>
        seeStory(name, async (page) => {
          assertEquals(await overhang(page), 0);
          await page.locator("tr[data-trial]").first().press("Enter");
          const panel = await page.evaluate(() => document.querySelector("#panel")!.scrollWidth);
          assert(panel <= width, `found ${panel}`);
        }, { viewport: { width, height: 800 } }),
    );
  }
}

Deno.test(
  inBrowser("report.html shows every label of the confusion matrix on a phone"),
  () =>
    seeStory("one_axis", async (page) => {
      const found = await page.evaluate(() =>
        [...document.querySelectorAll<SVGElement>("#chart_confusion .role-axis-label text")]
          .filter((label) => getComputedStyle(label).opacity === "1" && label.getAttribute("opacity") === "1")
          .map(({ textContent }) => textContent!)
      );
      const classes = ["setosa", "versicolor", "virginica"];
      assertEquals(found, [...classes, ...classes]);
    }, { viewport: { width: 390, height: 800 } }),
);

Deno.test(
  inBrowser(
    "report.html shows rank and accuracy first on a phone, and keeps the rank when the table is scrolled",
  ),
  () =>
    seeStory("six_axes", async (page) => {
      const places = () =>
        page.evaluate(() => {
          const table = document.querySelector<HTMLTableElement>("#trials_table")!;
          const names = [...table.tHead!.rows[0].cells].map(({ textContent }) => textContent);
          const row = table.tBodies[0].rows[0];
          return ["rank", "validation", "rate"].map((name) =>
            Math.round(row.cells[names.indexOf(name)].getBoundingClientRect().right)
          );
        });
      for (const right of await places()) assert(right <= 390, `found ${right}`);
      const [rank] = await places();
      await page.evaluate(() => document.querySelector("#trials_table")!.parentElement!.scrollBy(300, 0));
      const [scrolled, accuracy] = await places();
      assertEquals(scrolled, rank);
      assert(accuracy < 390);
    }, { viewport: { width: 390, height: 800 } }),
);

Deno.test(
  inBrowser(
    "report.html shows rank and accuracy of the points first on a phone, whose notes are not one word a line",
  ),
  () =>
    seeStory("one_axis", async (page) => {
      const found = await page.evaluate(() => {
        const table = document.querySelector<HTMLTableElement>("#points_table")!;
        const [first, second] = table.tBodies[0].rows;
        second.cells[second.cells.length - 1].textContent = "no clear difference";
        return {
          heads: [...table.tHead!.rows[0].cells].slice(0, 3).map(({ textContent }) => textContent),
          right: first.cells[1].getBoundingClientRect().right,
          // Notes of three words take one line, so that the row is as high as the one beneath a note of one word.
          heights: [first, second].map((row) => row.getBoundingClientRect().height),
        };
      });
      assertEquals(found.heads, ["rank", "validation ±\u00a095\u00a0%", "rate"]);
      assert(found.right <= 390, `found ${found.right}`);
      assertEquals(found.heights[0], found.heights[1]);
    }, { viewport: { width: 390, height: 800 } }),
);

Deno.test(
  inBrowser("report.html shows the bars of what mattered without scrolling on a phone"),
  () =>
    seeStory("six_axes", async (page) => {
      const rights = await page.evaluate(() =>
        [...document.querySelectorAll("meter")].map((bar) => bar.getBoundingClientRect().right)
      );
      assert(rights.length > 0);
      for (const right of rights) assert(right <= 390, `found ${right}`);
    }, { viewport: { width: 390, height: 800 } }),
);

Deno.test(
  inBrowser("report.html leaves room for numbers beside the names of points on a phone"),
  () =>
    seeStory("one_axis", async (page) => {
      await page.locator("#points summary").click();
      const widths = await page.evaluate(() =>
        [...document.querySelectorAll("#points details tbody th")].map((name) => name.clientWidth)
      );
      assertEquals(widths.length, 4);
      for (const width of widths) assert(width <= 0.45 * 390, `found ${width}`);
    }, { viewport: { width: 390, height: 800 } }),
);

Deno.test(
  inBrowser("report.html prints no heading of trials that are folded"),
  () =>
    seeStory("one_axis", async (page) => {
      await page.locator("#trials summary").click();
      await page.emulateMedia({ media: "print" });
      assert(!await page.locator("#trials h2").isVisible());
      assert(await page.locator("#points h2").isVisible());
    }),
);

Deno.test(
  inBrowser("report.html wraps no number when it is printed, and repeats the head of a table with its texts"),
  () =>
    seeStory("six_axes", async (page) => {
      await page.emulateMedia({ media: "print" });
      const found = await page.evaluate(() => ({
        numbers: [
          ...new Set(
            [...document.querySelectorAll("td[data-value]")].map((cell) => getComputedStyle(cell).whiteSpace),
          ),
        ],
        // A browser does not paint a button in a repeated head.
        button: getComputedStyle(document.querySelector("#trials_table th button")!).display,
        heading: getComputedStyle(document.querySelector("h3")!).breakAfter,
      }));
      assertEquals(found, { numbers: ["nowrap"], button: "contents", heading: "avoid" });
    }),
);
