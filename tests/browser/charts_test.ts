import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { needing } from "../setup/needing.ts";
import { lit } from "./judge.ts";
import type { Page } from "./playwright_types.ts";
import { seeStory } from "./see_story.ts";

const inBrowser = (name: string) => needing("chromium", name);

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
    seeStory("six_axes", async (page) => {
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
    seeStory("six_axes", async (page) => {
      assertEquals(await shownCharts(page), ["chart_accuracy", "chart_train_accuracy", "chart_loss"]);
      assertEquals(await page.locator(".curve_controls").count(), 0);
    }, { javaScriptEnabled: false }),
);

Deno.test(
  inBrowser("report.html colours curves by any axis with several values, and back by the winner"),
  () =>
    seeStory("six_axes", async (page) => {
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
    seeStory("one_axis", async (page) => {
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
    seeStory("six_axes", async (page) => {
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
    seeStory("six_axes", async (page) => {
      const stops = () =>
        page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>("#trials_table tr[tabindex='0']")]
            .map(({ dataset }) => dataset.trial)
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
    seeStory("six_axes", async (page) => {
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
  inBrowser(
    "report.html opens a trial's panel by the keyboard, and gives the focus back when Escape closes it",
  ),
  () =>
    seeStory("one_axis", async (page) => {
      const [first] = await trialsOf(page);
      await page.locator(`tr[data-trial="${first}"]`).focus();
      await page.keyboard.press("Enter");
      const panel = page.locator("#panel");
      assertEquals(await panel.locator("h2").textContent(), `Trial ${first}`);
      const settings = await panel.locator("dd").allTextContents();
      assertEquals(settings.slice(0, 6), ["0.1", "256", "null", "16", "1", "sgd"]);
      assertEquals(settings.slice(7), [
        "done, winner",
        await page.locator("#trials_table tr.winner td[data-value]").first().textContent() + " at epoch 6",
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
    seeStory("six_axes", async (page) => {
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
  inBrowser("report.html shows the medians by an axis when bands replace the lines of many trials"),
  () =>
    seeStory("many", async (page) => {
      const shown = () =>
        page.evaluate(() =>
          [...document.querySelectorAll("#chart_accuracy path[data-axis]")]
            .filter((line) => getComputedStyle(line).opacity === "1")
            .map((line) => [line.getAttribute("aria-label"), getComputedStyle(line).stroke])
        );
      assertEquals(await shown(), []);
      await page.locator(COLOUR).selectOption("hidden");
      assertEquals(
        (await shown()).map(([label]) => label),
        [4, 8, 16, 32].map((hidden) => `median of the 260 trials with hidden=${hidden}`),
      );
      assertEquals((await shown())[0][1], "rgb(47, 95, 208)");
      assertEquals(await page.locator(".legend li").allTextContents(), [
        "Medians of the trials by hidden:",
        "4",
        "8",
        "16",
        "32",
      ]);
      await page.locator(COLOUR).selectOption("rate");
      assertEquals((await shown()).length, 7);
      await page.locator(COLOUR).selectOption("winner");
      assertEquals(await shown(), []);
    }),
);
