import { assert, assertEquals } from "@std/assert";
import { finish, makeWorkplace, type Workplace } from "../e2e/workplace.ts";
import { EXPERIMENT } from "../runner/fakes.ts";
import { hasTools, needing } from "../setup/needing.ts";
import { type DashboardProcess, startDashboard } from "./dashboard_process.ts";
import type { Page } from "./playwright_types.ts";
import { visit } from "./visit.ts";

const FILE = "experiments/blobs_rate.ts";
const SHORT = EXPERIMENT.replace("train: 60", "train: 2000");
// Trials of a rate of 1e30 diverge at once; the others train until they are told to stop.
const LONG = SHORT.replace("epochs: 2", "epochs: 20_000").replace("[0.001, 0.1, 1e30]", "[1e30, 0.002]");

const inBrowser = (name: string) => needing("chromium", name);

let place: Workplace | null = null;
let dashboard: DashboardProcess | null = null;

Deno.test.beforeAll(async () => {
  if (!hasTools("chromium")) return;
  place = await makeWorkplace({ "blobs_rate.ts": SHORT });
  await place.run("run", FILE, "--workers", "1");
  dashboard = await startDashboard(place);
});
Deno.test.afterAll(async () => {
  if (dashboard === null || place === null) return;
  const ended = await dashboard.stop();
  await Deno.remove(place.folder, { recursive: true });
  assertEquals(ended, { code: 0, error: "The address lets its holder look; Ctrl-C ends it.\n" });
});

/** What a page shows of a run in progress. */
interface Moment {
  /** A fraction. */
  readonly share: number;
  /** Of the first worker's trial. */
  readonly epoch: number;
  /** Characters in the paths of all curves. */
  readonly drawn: number;
}

const momentOf = (page: Page): Promise<Moment> =>
  page.evaluate(() => ({
    share: document.querySelector("progress")!.value,
    epoch: Number.parseInt(document.querySelector("#progress tbody td:nth-of-type(2)")?.textContent ?? "0"),
    drawn: [...document.querySelectorAll("#chart_accuracy path[aria-label]")]
      .reduce((length, path) => length + path.getAttribute("d")!.length, 0),
  }));

/** Waits until every part of what a page shows has grown. */
async function later(page: Page, before: Moment): Promise<void> {
  await page.waitForFunction((before) => {
    const epoch = document.querySelector("#progress tbody td:nth-of-type(2)")?.textContent ?? "0";
    const drawn = [...document.querySelectorAll("#chart_accuracy path[aria-label]")]
      .reduce((length, path) => length + path.getAttribute("d")!.length, 0);
    return document.querySelector("progress")!.value > before.share &&
      Number.parseInt(epoch) > before.epoch && drawn > before.drawn;
  }, before);
}

async function shows(page: Page, text: string): Promise<void> {
  await page.locator(`#progress :text("${text}")`).first().waitFor();
}

Deno.test(
  inBrowser(
    "dashboard follows a run that begins after its page was opened, and keeps how its table is sorted",
  ),
  () =>
    visit({ url: `${dashboard!.url}experiment/blobs_rate` }, async (page) => {
      const { folder, start } = place!;
      await page.locator("#chart_accuracy svg").waitFor();
      await shows(page, "The last run is complete");
      const heading = page.locator('#trials_table th:has(> button:text-is("repeat"))');
      await heading.locator("button").click();
      await page.locator("#chart_accuracy summary").click();

      await Deno.writeTextFile(`${folder}/${FILE}`, LONG);
      const run = start("run", FILE, "--workers", "1");
      try {
        await shows(page, "Running for ");
        assertEquals(await page.locator("h1").textContent(), "Which learning rate?");
        await page.locator("#progress tr:has(td:text-is('rate=0.002, hidden=8')):has-text('of 20000')")
          .waitFor();
        await page.locator("#losses td:text('diverged')").first().waitFor();
        const before = await momentOf(page);
        await later(page, before);
        assert((await page.locator("#progress strong").innerText()).includes("left."));
        assertEquals(await heading.getAttribute("aria-sort"), "ascending");
        assert(await page.locator("#chart_accuracy details table").isVisible());
      } finally {
        run.kill("SIGINT");
        assertEquals((await finish(run)).code, 130);
      }
      await shows(page, "The last run is interrupted at ");
      assertEquals(await page.locator("#progress table").count(), 0);
    }),
);

Deno.test(
  inBrowser("dashboard shows the end of a run that it has followed, and keeps the chosen metric and colours"),
  () =>
    visit({ url: `${dashboard!.url}experiment/blobs_rate` }, async (page) => {
      const { folder, run } = place!;
      await shows(page, "The last run is interrupted at ");
      await page.locator("#chart_accuracy svg").waitFor();
      await page.locator(".curve_controls select").first().selectOption("training loss");
      await page.locator(".curve_controls select").nth(1).selectOption("winner");
      await Deno.writeTextFile(`${folder}/${FILE}`, SHORT.replace("epochs: 2", "epochs: 3"));
      await run("run", FILE, "--workers", "2");
      await shows(page, "The last run is complete; it took ");
      await page.locator("#winner:has-text('test accuracy') strong").first().waitFor();
      assertEquals(await page.evaluate(() => document.querySelector("progress")!.value), 1);
      // The charts and the data of the panel come after the table.
      await page.waitForFunction(() => {
        const { trial } = document.querySelector<HTMLElement>("#trials_table tr.winner")!.dataset;
        return document.getElementById("page_data")?.textContent.includes(trial!) ?? false;
      });
      await page.locator("#points_table tr.winner").waitFor();
      assert(!await page.locator("#chart_accuracy").isVisible());
      assertEquals(await page.locator(".curve_controls select").nth(1).inputValue(), "winner");
      const row = page.locator("#trials_table tr.winner").first();
      await row.press("Enter");
      assertEquals(
        await page.locator("#panel h2").textContent(),
        `Trial ${await row.getAttribute("data-trial")}`,
      );
    }),
);

Deno.test(
  inBrowser(
    "dashboard puts an experiment into its list when its first run begins, and keeps how it is sorted and searched",
  ),
  () =>
    visit({ url: dashboard!.url }, async (page) => {
      const { folder, run } = place!;
      assertEquals(await page.locator("#experiments_table tbody tr").count(), 1);
      const heading = page.locator('#experiments_table th:has(> button:text-is("experiment"))');
      await heading.locator("button").click();
      await heading.locator("button").click();
      await page.locator("input[name=text]").fill("newcomer");
      await Deno.writeTextFile(
        `${folder}/experiments/newcomer.ts`,
        EXPERIMENT.replace('"blobs_rate"', '"newcomer"'),
      );
      await run("run", "experiments/newcomer.ts", "--workers", "1");
      await page.locator("#experiments_table tr:has(a:text-is('newcomer')):has(td:text-is('here'))")
        .waitFor();
      assertEquals(await page.locator("output").textContent(), "1 of 2");
      assertEquals(await heading.getAttribute("aria-sort"), "descending");
      assertEquals(await page.locator("#experiments_table th a").allTextContents(), [
        "newcomer",
        "blobs_rate",
      ]);
    }),
);
