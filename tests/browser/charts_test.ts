import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { renderReport } from "../../lib/report/render_report.ts";
import { SIX_AXES, wideStory, type WideStoryOptions } from "../report/wide_story.ts";
import { hasTools, needing } from "../setup/needing.ts";
import { overhang } from "./judge.ts";
import type { Page } from "./playwright_types.ts";
import { type Equipment, visit } from "./visit.ts";

const inBrowser = (name: string) => needing("chromium", name);

/** Reports of made-up experiments, by name. */
const STORIES = {
  six_axes: {
    grid: SIX_AXES,
    epochs: 6,
    name: "an_experiment_whose_long_name_is_one_word_that_no_browser_breaks_at_a_space_because_it_has_none",
  },
  one_axis: { grid: { hidden: [4, 16, 64, 256] }, repeats: 3, epochs: 6 },
} as const satisfies Readonly<Record<string, WideStoryOptions>>;

let folder: string | null = null;

Deno.test.beforeAll(async () => {
  if (!hasTools("chromium")) return;
  folder = await Deno.makeTempDir();
  for (const [name, options] of Object.entries(STORIES)) {
    const { html } = await renderReport(wideStory(options));
    await Deno.writeTextFile(`${folder}/${name}.html`, html);
  }
});
Deno.test.afterAll(async () => {
  if (folder !== null) await Deno.remove(folder, { recursive: true });
});

function see(
  name: keyof typeof STORIES,
  look: (page: Page) => Promise<void>,
  equipment: Equipment = {},
): Promise<void> {
  return visit({ url: `file://${folder}/${name}.html`, ...equipment }, look);
}

/** Returns what is highlighted, by kind: curves of the shown metric, lines of points, and rows. */
function lit(page: Page) {
  return page.evaluate(() => {
    const keys = (selector: string) =>
      [...document.querySelectorAll<HTMLElement>(selector)].map(({ dataset }) =>
        dataset.trial ?? dataset.point!
      );
    return {
      curves: keys("#chart_accuracy path[data-trial].lit"),
      points: keys("#chart_parallel path[data-point].lit"),
      rows: keys("tr.lit"),
    };
  });
}

/** Returns the ids of the trials in the order of their rows. */
function trialsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("tr[data-trial]")].map(({ dataset }) => dataset.trial!)
  );
}

const shownCharts = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("#curves figure")].filter((figure) => figure.checkVisibility())
      .map(({ id }) => id)
  );

/** Returns the colours of the shown curves, as often as they occur. */
const strokes = (page: Page) =>
  page.evaluate(() => {
    const counts: Record<string, number> = {};
    for (const line of document.querySelectorAll("#chart_accuracy path[data-trial]")) {
      const { stroke } = getComputedStyle(line);
      counts[stroke] = (counts[stroke] ?? 0) + 1;
    }
    return counts;
  });

const METRIC = ".curve_controls label:has-text('Metric') select";
const COLOUR = ".curve_controls label:has-text('Colour by') select";

Deno.test(
  inBrowser("report.html shows the chart of the chosen metric alone"),
  () =>
    see("six_axes", async (page) => {
      assertEquals(await shownCharts(page), ["chart_accuracy"]);
      await page.locator(METRIC).selectOption("training loss");
      assertEquals(await shownCharts(page), ["chart_loss"]);
      await page.locator(METRIC).selectOption("training accuracy");
      assertEquals(await shownCharts(page), ["chart_train_accuracy"]);
      await page.emulateMedia({ media: "print" });
      assertEquals(await shownCharts(page), ["chart_accuracy", "chart_train_accuracy", "chart_loss"]);
    }),
);

Deno.test(
  inBrowser("report.html shows the charts of all metrics when scripts are off"),
  () =>
    see("six_axes", async (page) => {
      assertEquals(await shownCharts(page), ["chart_accuracy", "chart_train_accuracy", "chart_loss"]);
      assertEquals(await page.locator(".curve_controls").count(), 0);
    }, { javaScriptEnabled: false }),
);

Deno.test(
  inBrowser("report.html colours curves by any axis with several values, and back by the winner"),
  () =>
    see("six_axes", async (page) => {
      const options = await page.locator(`${COLOUR} option`).allTextContents();
      assertEquals(options, ["winner", "rate", "hidden", "normalization", "batch", "keep", "optimizer"]);
      const before = await strokes(page);
      await page.locator(COLOUR).selectOption("rate");
      const sequence = ["rgb(47, 95, 208)", "rgb(181, 74, 166)", "rgb(217, 122, 26)"];
      assertEquals(await strokes(page), Object.fromEntries(sequence.map((colour) => [colour, 48])));
      assertEquals(await page.locator(".legend li").allTextContents(), ["0.001", "0.01", "0.1"]);
      assert(!await page.locator("#chart_accuracy .role-legend").first().isVisible());
      await page.locator(COLOUR).selectOption("normalization");
      const categories = ["rgb(1, 115, 178)", "rgb(213, 94, 0)", "rgb(2, 158, 115)"];
      assertEquals(await strokes(page), Object.fromEntries(categories.map((colour) => [colour, 48])));
      assertEquals(await page.locator(".legend li").allTextContents(), ["null", "batchnorm", "layernorm"]);
      await page.locator(COLOUR).selectOption("winner");
      assertEquals(await strokes(page), before);
      assert(await page.locator("#chart_accuracy .role-legend").first().isVisible());
      assert(!await page.locator(".legend").isVisible());
    }),
);

Deno.test(
  inBrowser("report.html begins with the colours of the axis when one alone has several values"),
  () =>
    see("one_axis", async (page) => {
      assertEquals(await page.locator(COLOUR).inputValue(), "hidden");
      assertEquals(Object.values(await strokes(page)), [3, 3, 3, 3]);
      assert(await page.locator("#chart_accuracy .role-legend").first().isVisible());
      await page.locator(COLOUR).selectOption("winner");
      assertEquals(Object.values(await strokes(page)).toSorted(), [1, 3, 8]);
      assertEquals(await page.locator(".legend li").allTextContents(), [
        "winner",
        "other trials",
        "diverged",
      ]);
    }),
);

Deno.test(
  inBrowser("report.html highlights a trial's row, curve and point, by pointer and by keyboard"),
  () =>
    see("six_axes", async (page) => {
      const [first, second, third] = await trialsOf(page);
      await page.locator(`tr[data-trial="${second}"]`).hover();
      const hovered = await lit(page);
      assertEquals([hovered.curves, hovered.rows, hovered.points.length], [[second], [second], 1]);
      await page.locator("h1").hover();
      assertEquals(await lit(page), { curves: [], points: [], rows: [] });
      await page.locator(`tr[data-trial="${first}"]`).focus();
      assertEquals((await lit(page)).curves, [first]);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      assertEquals([(await lit(page)).curves, (await lit(page)).rows], [[third], [third]]);
      await page.keyboard.press("ArrowUp");
      assertEquals(await lit(page), hovered);
    }),
);

Deno.test(
  inBrowser("report.html has one row among the stops of the tab key, also when the first is filtered out"),
  () =>
    see("six_axes", async (page) => {
      const stops = () =>
        page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>("tr[tabindex='0']")].map(({ dataset }) => dataset.trial)
        );
      const [first] = await trialsOf(page);
      assertEquals(await stops(), [first]);
      await page.locator("select[name=status]").selectOption("diverged");
      const [stop, ...others] = await stops();
      assertEquals([await page.locator(`tr[data-trial="${stop}"]`).getAttribute("data-status"), others], [
        "diverged",
        [],
      ]);
    }),
);

Deno.test(
  inBrowser("report.html goes through the lines of a chart by the keys up and down, the winner first"),
  () =>
    see("six_axes", async (page) => {
      const [first] = await trialsOf(page);
      await page.locator("#chart_accuracy .picture").focus();
      assertEquals((await lit(page)).curves, []);
      await page.keyboard.press("ArrowDown");
      assertEquals([(await lit(page)).curves, (await lit(page)).rows], [[first], [first]]);
      assertStringIncludes(await page.locator("#tip").textContent() ?? "", `(trial ${first})`);
      await page.keyboard.press("ArrowDown");
      const { curves: [next] } = await lit(page);
      assert(next !== first);
      await page.keyboard.press("Tab");
      assertEquals((await lit(page)).curves, []);
      assert(!await page.locator("#tip").isVisible());
      await page.locator("#chart_parallel .picture").focus();
      await page.keyboard.press("ArrowDown");
      assertEquals((await lit(page)).rows, [first]);
    }),
);

Deno.test(
  inBrowser("report.html highlights the curves of all trials of a point, from its row"),
  () =>
    see("one_axis", async (page) => {
      await page.evaluate(() => {
        const row = document.querySelector<HTMLElement>("tr[data-trial]")!;
        row.removeAttribute("data-trial");
        row.dataset.point = "1";
      });
      await page.locator("tr[data-point]").hover();
      const { curves } = await lit(page);
      assertEquals(curves.length, 3);
      const labels = await page.evaluate(() =>
        [...document.querySelectorAll("#chart_accuracy .lit")].map((line) => line.getAttribute("aria-label")!)
      );
      for (const label of labels) assertStringIncludes(label, "hidden=16,");
    }),
);

Deno.test(
  inBrowser(
    "report.html opens a trial's panel by the keyboard, and gives the focus back when Escape closes it",
  ),
  () =>
    see("one_axis", async (page) => {
      const [first] = await trialsOf(page);
      await page.locator(`tr[data-trial="${first}"]`).focus();
      await page.keyboard.press("Enter");
      const panel = page.locator("#panel");
      assertEquals(await panel.locator("h2").textContent(), `Trial ${first}`);
      const settings = await panel.locator("dd").allTextContents();
      assertEquals(settings.slice(0, 6), ["0.1", "256", "null", "16", "1", "sgd"]);
      assertEquals(settings.slice(7), [
        "done, winner",
        await page.locator("tr.winner td[data-value]").first().textContent() + " at epoch 6",
      ]);
      assertEquals(await panel.locator("svg").count(), 3);
      assertEquals(await panel.locator("pre").allTextContents(), [
        `deno task trace experiments/wide_story.ts --trial ${first} --epoch 6`,
        `deno task export experiments/wide_story.ts --trial ${first} --format onnx --out model.onnx`,
      ]);
      await panel.locator("button:text-is('repeat 1')").click();
      assert(await panel.locator("h2").textContent() !== `Trial ${first}`);
      await page.keyboard.press("Escape");
      assert(!await panel.isVisible());
      const focused = await page.evaluate(() => (document.activeElement as HTMLElement).dataset.trial);
      assertEquals(focused, first);
    }),
);

Deno.test(
  inBrowser("report.html opens a trial's panel from its row and from its curve by the pointer"),
  () =>
    see("six_axes", async (page) => {
      const [first, second] = await trialsOf(page);
      await page.locator(`tr[data-trial="${second}"] td`).first().click();
      assertEquals(await page.locator("#panel h2").textContent(), `Trial ${second}`);
      await page.locator("#panel .close").click();
      await page.evaluate((trial) => {
        const line = document.querySelector<SVGPathElement>(`#chart_accuracy path[data-trial="${trial}"]`)!;
        line.scrollIntoView({ block: "center" });
        const { x, y } = line.getPointAtLength(line.getTotalLength()).matrixTransform(line.getScreenCTM()!);
        document.elementFromPoint(x - 2, y)!.dispatchEvent(
          new MouseEvent("click", { bubbles: true, clientX: x - 2, clientY: y }),
        );
      }, first);
      assertEquals(await page.locator("#panel h2").textContent(), `Trial ${first}`);
      await page.keyboard.press("Escape");
      const focused = await page.evaluate(() => document.activeElement!.closest("figure")!.id);
      assertEquals(focused, "chart_accuracy");
    }),
);

Deno.test(
  inBrowser("report.html folds pairs of parameters beyond six, and opens them by the keyboard"),
  () =>
    see("six_axes", async (page) => {
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
        see(name, async (page) => {
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
    see("one_axis", async (page) => {
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
    see("six_axes", async (page) => {
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
