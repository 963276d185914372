import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { makeWorkplace, type Workplace } from "../e2e/workplace.ts";
import { hasTools, needing } from "../setup/needing.ts";
import { CLASSES, HOSTILE_FILES, LABELS, QUESTION } from "./hostile_experiment.ts";
import { contrasts, nameless, overhang, tableless } from "./judge.ts";
import type { Page } from "./playwright_types.ts";
import { type Equipment, unfoldTrials, visit } from "./visit.ts";

const TRIALS = 24;
const DIVERGED = 8;

const inBrowser = (name: string) => needing("chromium", name);

let place: Workplace | null = null;

// All tests look at the report of one run.
Deno.test.beforeAll(async () => {
  if (!hasTools("chromium")) return;
  place = await makeWorkplace(HOSTILE_FILES);
  const { code, error } = await place.run("run", "experiments/hostile.ts", "--workers", "1");
  // The exit code depends on the trials that diverge.
  assertEquals(code, 4, error);
});
Deno.test.afterAll(async () => {
  if (place !== null) await Deno.remove(place.folder, { recursive: true });
});

function seeReport(look: (page: Page) => Promise<void>, equipment: Equipment = {}): Promise<void> {
  return visit({ url: `file://${place!.folder}/results/hostile/report.html`, ...equipment }, async (page) => {
    await unfoldTrials(page);
    await look(page);
  });
}

/** Returns the texts of the visible rows of the table of trials, by column. */
async function column(page: Page, name: string): Promise<readonly string[]> {
  return await page.evaluate((name) => {
    const table = document.querySelector<HTMLTableElement>("#trials_table")!;
    const index = [...table.tHead!.rows[0].cells].findIndex(({ textContent }) => textContent === name);
    return [...table.tBodies[0].rows].filter(({ hidden }) => !hidden)
      .map(({ cells }) => cells[index].textContent);
  }, name);
}

const heading = (name: string) => `#trials_table th:has(> button:text-is("${name}"))`;

Deno.test(
  inBrowser("report.html shows hostile names as text, in headings, tables, charts and tips"),
  () =>
    seeReport(async (page) => {
      assertEquals(await page.locator("h1").textContent(), QUESTION);
      assertEquals(new Set(await column(page, "label")), new Set(LABELS));
      const [winner] = await page.locator("#winner dd").allTextContents().then((texts) => texts.slice(1));
      assert(LABELS.includes(winner as typeof LABELS[number]), winner);
      assertEquals(
        await page.locator("#chart_confusion details tbody th").allTextContents(),
        [...CLASSES],
      );
      const found = await page.evaluate(() => ({
        scripts: document.scripts.length,
        handlers: document.querySelectorAll("[onerror], [onload], [onmouseover], img[src=x]").length,
      }));
      // The data and the script.
      assertEquals(found, { scripts: 2, handlers: 0 });
    }),
);

const SORTS: readonly (readonly [column: string, kind: "number" | "text", empty: number])[] = [
  ["rank", "number", 0],
  ["rate", "number", 0],
  ["hidden", "number", 0],
  ["validation", "number", DIVERGED],
  ["loss", "number", DIVERGED],
  ["label", "text", 0],
  ["status", "text", 0],
];

for (const [name, kind, empty] of SORTS) {
  Deno.test(
    inBrowser(`report.html sorts by ${name} as ${kind} when its heading is pressed, what is empty last`),
    () =>
      seeReport(async (page) => {
        const order = async () => {
          const texts = await column(page, name);
          const full = texts.slice(0, TRIALS - empty);
          assertEquals(texts.slice(TRIALS - empty).join(""), "");
          assertEquals(full.filter((text) => text === ""), []);
          return full;
        };
        const compare = (left: string, right: string) =>
          kind === "number"
            ? Number.parseFloat(left) - Number.parseFloat(right)
            : left.localeCompare(right, "en");
        await page.locator(`${heading(name)} button`).click();
        assertEquals(await page.locator(heading(name)).getAttribute("aria-sort"), "ascending");
        const up = await order();
        assertEquals(up, up.toSorted(compare));
        await page.locator(`${heading(name)} button`).click();
        assertEquals(await page.locator(heading(name)).getAttribute("aria-sort"), "descending");
        const down = await order();
        assertEquals(down, down.toSorted((left, right) => compare(right, left)));
        assert(up.join() !== down.join());
      }),
  );
}

Deno.test(
  inBrowser("report.html sorts by the keyboard alone, and marks one heading"),
  () =>
    seeReport(async (page) => {
      await page.locator("input[name=text]").focus();
      for (const key of ["Tab", "Tab", "Enter", "Enter", "Tab", "Tab", "Space"]) {
        await page.keyboard.press(key);
      }
      assertEquals(await page.locator(heading("rank")).getAttribute("aria-sort"), "none");
      assertEquals(await page.locator(heading("rate")).getAttribute("aria-sort"), "ascending");
      assertEquals((await column(page, "rate"))[0], "0.02");
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
      assertEquals(outline, "solid");
    }),
);

const FILTERS: readonly (readonly [text: string, status: string, left: number])[] = [
  ["", "", TRIALS],
  ["0.02", "", 8],
  ["DIVERGED", "", DIVERGED],
  ["0.5 svg", "", 4],
  ["", "diverged", DIVERGED],
  ["0.5", "diverged", 0],
  ["</script>", "done", 8],
];

for (const [text, status, left] of FILTERS) {
  Deno.test(
    inBrowser(`report.html leaves ${left} trials when it filters by "${text}" and status "${status}"`),
    () =>
      seeReport(async (page) => {
        await page.locator("input[name=text]").fill(text);
        await page.locator("select[name=status]").selectOption(status);
        assertEquals((await column(page, "trial")).length, left);
        assertEquals(await page.locator("output[name=count]").textContent(), `${left} of ${TRIALS}`);
      }),
  );
}

Deno.test(
  inBrowser("report.html names a trial when the pointer is at its line, and hides the tip beside it"),
  () =>
    seeReport(async (page) => {
      const [trial] = await column(page, "trial");
      const end = await page.evaluate((trial) => {
        const path = document.querySelector<SVGPathElement>(
          `#chart_accuracy path[data-trial="${trial}"]`,
        )!;
        path.scrollIntoView({ block: "center" });
        const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(
          path.getScreenCTM()!,
        );
        return { x, y };
      }, trial);
      await page.mouse.move(end.x, end.y);
      const tip = page.locator("#tip");
      assert(await tip.isVisible());
      const text = await tip.textContent() ?? "";
      assertStringIncludes(text, `(trial ${trial})`);
      assertStringIncludes(text, "rate=0.5, label=");
      await page.mouse.move(2, 2);
      assert(!await tip.isVisible());
    }),
);

Deno.test(
  inBrowser("report.html marks a trial's lines while the pointer is at its row"),
  () =>
    seeReport(async (page) => {
      const trial = (await column(page, "trial"))[4];
      await page.locator(`tr[data-trial="${trial}"]`).hover();
      const lit = () =>
        page.evaluate(() =>
          [...document.querySelectorAll("path[data-trial].lit")].map((line) =>
            line.getAttribute("aria-label")!
          )
        );
      const labels = await lit();
      assertEquals(labels.length, 3);
      for (const label of labels) assertStringIncludes(label, `(trial ${trial})`);
      await page.locator("h1").hover();
      assertEquals(await lit(), []);
    }),
);

const TEXTS = [
  "body",
  "h1",
  ".name",
  ".note",
  "figcaption",
  "caption",
  "summary",
  "th",
  "td",
  "code",
  "[data-status=diverged] .status",
  ".parameters dt",
  ".label",
  "#trials_table button",
  "input[name=text]",
  "select",
  "output",
  "#chart_loss svg text",
];

for (const colorScheme of ["light", "dark"] as const) {
  Deno.test(
    inBrowser(`report.html has a contrast of at least 4.5 in all texts when the scheme is ${colorScheme}`),
    () =>
      seeReport(async (page) => {
        const found = await contrasts(page, TEXTS);
        assertEquals(found.filter(({ ratio }) => ratio < 4.5), []);
        const isDark = await page.evaluate(() =>
          getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.every((channel) =>
            Number(channel) < 64
          )
        );
        assertEquals(isDark, colorScheme === "dark");
      }, { colorScheme }),
  );
}

for (const width of [320, 390, 768]) {
  Deno.test(
    inBrowser(`report.html is no wider than a screen of ${width} pixels`),
    () =>
      seeReport(async (page) => assertEquals(await overhang(page), 0), { viewport: { width, height: 800 } }),
  );
}

Deno.test(
  inBrowser("report.html leaves controls, tips and closed details out when it is printed"),
  () =>
    seeReport(async (page) => {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      for (const selector of [".controls", "#tip", "#chart_loss details"]) {
        assert(!await page.locator(selector).first().isVisible(), selector);
      }
      for (const selector of ["#winner", "#chart_loss svg", "#trials_table", "#losses"]) {
        assert(await page.locator(selector).first().isVisible(), selector);
      }
      const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assertEquals(ground, "rgb(255, 255, 255)");
    }),
);

Deno.test(
  inBrowser("report.html has a table behind every chart and a name for every control"),
  () =>
    seeReport(async (page) => {
      assertEquals(await page.locator("figure svg").count(), 11);
      assertEquals(await tableless(page), []);
      assertEquals(await nameless(page), []);
      await page.locator("#chart_accuracy summary").press("Enter");
      assert(await page.locator("#chart_accuracy details table").isVisible());
    }),
);

Deno.test(
  inBrowser("report.html shows winner, charts and trials when scripts are off"),
  () =>
    seeReport(async (page) => {
      for (const selector of ["#winner strong", "#chart_accuracy svg", "#chart_parallel svg", "#reproduce"]) {
        assert(await page.locator(selector).first().isVisible(), selector);
      }
      assertEquals(await page.locator("#trials_table tbody tr").count(), TRIALS);
      await page.locator("#chart_accuracy summary").click();
      assert(await page.locator("#chart_accuracy details table").isVisible());
    }, { javaScriptEnabled: false }),
);
