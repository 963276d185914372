import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { commitAll } from "../e2e/repository.ts";
import { makeWorkplace, type Workplace } from "../e2e/workplace.ts";
import { EXPERIMENT } from "../runner/fakes.ts";
import { hasTools, needing } from "../setup/needing.ts";
import { type DashboardProcess, startDashboard } from "./dashboard_process.ts";
import { HOSTILE_FILES, LABELS, QUESTION } from "./hostile_experiment.ts";
import { contrasts, nameless, overhang, tableless } from "./judge.ts";
import type { Page } from "./playwright_types.ts";
import { type Equipment, visit } from "./visit.ts";

const SUBJECT = `"><img src=x onerror=alert(7)> baseline`;

const inBrowser = (name: string) => needing(["chromium", "git"], name);

let place: Workplace | null = null;
let dashboard: DashboardProcess | null = null;

// All tests look at the same results: one experiment is hostile, one has changed since its last commit, and of the
// third only what is committed is there.
Deno.test.beforeAll(async () => {
  if (!hasTools("chromium", "git")) return;
  place = await makeWorkplace({ ...HOSTILE_FILES, "blobs_rate.ts": EXPERIMENT });
  const { folder, run } = place;
  await run("run", "experiments/hostile.ts", "experiments/blobs_rate.ts", "--workers", "1");
  await Deno.mkdir(`${folder}/results/committed`);
  for (const name of ["summary.json", "history.csv", "trials.csv"]) {
    await Deno.copyFile(`${folder}/results/blobs_rate/${name}`, `${folder}/results/committed/${name}`);
  }
  await Deno.writeTextFile(`${folder}/.gitignore`, "/cache/\n/results/*/weights/\n");
  await commitAll(folder, { message: SUBJECT });
  await Deno.writeTextFile(
    `${folder}/experiments/blobs_rate.ts`,
    EXPERIMENT.replace("[0.001, 0.1, 1e30]", "[0.001, 0.2, 1e30]"),
  );
  await run("run", "experiments/blobs_rate.ts", "--workers", "1");
  dashboard = await startDashboard(place);
});
Deno.test.afterAll(async () => {
  if (dashboard === null || place === null) return;
  const ended = await dashboard.stop();
  await Deno.remove(place.folder, { recursive: true });
  assertEquals(ended, { code: 0, error: "The address lets its holder look; Ctrl-C ends it.\n" });
});

function see(path: string, look: (page: Page) => Promise<void>, equipment: Equipment = {}): Promise<void> {
  return visit({ url: `${dashboard!.url}${path}`, ...equipment }, look);
}

/** Waits until the charts of an experiment's page are drawn. */
async function drawn(page: Page): Promise<void> {
  await page.locator("#chart_accuracy svg").waitFor();
}

/** Waits until a page has so many elements of a kind. */
async function count(
  page: Page,
  expected: { readonly selector: string; readonly is: number },
): Promise<void> {
  await page.waitForFunction(
    ({ selector, is }) => document.querySelectorAll(selector).length === is,
    expected,
  );
}

const names = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("#experiments_table tbody tr")].filter(({ hidden }) => !hidden)
      .map((row) => row.querySelector("th")!.textContent)
  );

Deno.test(
  inBrowser("dashboard lists every experiment with its question, run, trials and winner"),
  () =>
    see("", async (page) => {
      assertEquals(await names(page), ["blobs_rate", "committed", "hostile"]);
      const rows = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLTableRowElement>("#experiments_table tbody tr")]
          .map(({ cells }) => [2, 3, 4, 7].map((index) => cells[index].textContent))
      );
      assertEquals(rows[0], ["Which learning rate?", "ended", "4 of 6, 2 diverged", "rate=0.2, hidden=8"]);
      assertEquals(rows[1], [
        "Which learning rate?",
        "committed",
        "4 of 6, 2 diverged",
        "rate=0.1, hidden=8",
      ]);
      assertEquals(rows[2].slice(0, 3), [QUESTION, "ended", "16 of 24, 8 diverged"]);
    }),
);

Deno.test(
  inBrowser("dashboard keeps the search in the address, so that a link opens the same list"),
  () =>
    see("", async (page) => {
      await page.locator("input[name=text]").fill("rate committed");
      assertEquals(await names(page), ["committed"]);
      assertEquals(await page.locator("output").textContent(), "1 of 3");
      assertEquals(page.url(), `${dashboard!.url}?text=rate+committed`);
      await page.reload();
      assertEquals(await page.locator("input[name=text]").inputValue(), "rate committed");
      assertEquals(await names(page), ["committed"]);
    }),
);

Deno.test(inBrowser("dashboard sorts its list by a heading"), () =>
  see("", async (page) => {
    const button = page.locator('#experiments_table th:has(> button:text-is("experiment")) button');
    await button.click();
    await button.click();
    assertEquals(await names(page), ["hostile", "committed", "blobs_rate"]);
  }));

const STORIES: readonly (readonly [name: string, run: string, winner: string])[] = [
  ["committed", "No run in this folder; the committed results are shown.", "0.1"],
  ["blobs_rate", "The last run is complete; it took ", "0.2"],
];

for (const [name, run, winner] of STORIES) {
  Deno.test(
    inBrowser(`dashboard shows progress, winner, charts, trials and losses of ${name}`),
    () =>
      see(`experiment/${name}`, async (page) => {
        await drawn(page);
        assertStringIncludes(await page.locator("#progress").innerText(), run);
        assertEquals((await page.locator("#winner dd").allTextContents())[0], winner);
        assertEquals(await page.locator("#trials_table tbody tr").count(), 6);
        assertEquals(await page.locator("#chart_accuracy path[aria-label]").count(), 6);
        const losses = await page.locator("#losses tbody td:last-child").allTextContents();
        assertEquals(losses.length, 2);
        for (const reason of losses) assertStringIncludes(reason, "loss is ");
      }),
  );
}

Deno.test(
  inBrowser("dashboard narrows table and charts by a filter that it keeps in the address"),
  () =>
    see("experiment/blobs_rate", async (page) => {
      await drawn(page);
      await page.locator("input[name=text]").fill("0.001");
      await count(page, { selector: "#trials_table tbody tr", is: 2 });
      await count(page, { selector: "#chart_accuracy path[aria-label]", is: 2 });
      assertEquals(page.url(), `${dashboard!.url}experiment/blobs_rate?text=0.001`);
      await page.reload();
      await drawn(page);
      assertEquals(await page.locator("input[name=text]").inputValue(), "0.001");
      assertEquals(await page.locator("#trials_table tbody tr").count(), 2);
      assertStringIncludes(await page.locator("#table").innerText(), "2 of 6 trials shown.");
      await page.locator("input[name=text]").fill("");
      await page.locator("select[name=status]").selectOption("diverged");
      await count(page, { selector: "#trials_table tbody tr:not([data-status=diverged])", is: 0 });
      await count(page, { selector: "#trials_table tbody tr", is: 2 });
      assertEquals(page.url(), `${dashboard!.url}experiment/blobs_rate?status=diverged`);
    }),
);

Deno.test(
  inBrowser("dashboard compares the experiments that are chosen in its list"),
  () =>
    see("", async (page) => {
      for (const name of ["hostile", "blobs_rate"]) await page.locator(`input[value=${name}]`).check();
      await page.locator("#compare button[type=submit]").click();
      await page.locator("h1:text-is('Comparison')").waitFor();
      assertStringIncludes(page.url(), "compare?side=blobs_rate&side=hostile");
      const winners = await page.locator("section table").first().locator("tbody tr").allTextContents();
      assertEquals(winners.length, 2);
      assertStringIncludes(winners[0], "rate=0.2, hidden=8");
      assertStringIncludes(winners[1], `label=${LABELS[0]}`);
      assertEquals(await page.locator("#chart_compared path[aria-label]").count(), 2);
      assertEquals(await tableless(page), []);
    }),
);

Deno.test(
  inBrowser("dashboard compares an experiment with an earlier revision of git, trial by trial"),
  () =>
    see("experiment/blobs_rate", async (page) => {
      const revision = page.locator("label:has-text('with those of') option").first();
      assertStringIncludes(await revision.textContent() ?? "", SUBJECT);
      await page.locator("form[action$=compare] button").click();
      await page.locator("h1:text-is('Comparison')").waitFor();
      const text = await page.locator("main").innerText();
      assertStringIncludes(text, "Trial by trial");
      assertStringIncludes(text, "4 of 8 trials are the same bits.");
      const changes = await page.locator("main").locator("tr:has(th:text-is('grid.rate'))").allTextContents();
      assertEquals(changes.length, 1);
    }),
);

Deno.test(
  inBrowser("dashboard compares two revisions of git of one experiment"),
  () =>
    see("compare?side=blobs_rate@HEAD&side=blobs_rate@HEAD", async (page) => {
      assertStringIncludes(await page.locator("main").innerText(), "6 of 6 trials are the same bits.");
    }),
);

Deno.test(
  inBrowser("dashboard opens the report in a sandbox in which its script sorts"),
  () =>
    see("experiment/blobs_rate", async (page) => {
      await page.locator("a:text-is('Report of the last whole run')").click();
      await page.locator("#trials_table").waitFor();
      await page.locator('#trials_table th:has(> button:text-is("loss")) button').click();
      assertEquals(
        await page.locator('#trials_table th:has(> button:text-is("loss"))').getAttribute("aria-sort"),
        "ascending",
      );
      assertEquals(await page.evaluate(() => origin), "null");
    }),
);

Deno.test(inBrowser("dashboard shows hostile names as text"), async () => {
  for (const path of ["", "experiment/hostile", "compare?side=hostile&side=hostile@HEAD"]) {
    await see(path, async (page) => {
      if (path.startsWith("experiment")) await drawn(page);
      assertStringIncludes(await page.locator("main").textContent() ?? "", LABELS[0]);
      const handlers = await page.evaluate(() =>
        document.querySelectorAll(
          "main script:not(#page_data), [onerror], [onload], [onmouseover], img[src=x]",
        ).length
      );
      assertEquals(handlers, 0);
    });
  }
});

const PAGES: readonly (readonly [path: string, texts: readonly string[]])[] = [
  ["", ["h1", "nav a", "th a", "td", "caption", "th button", "#compare button", "input", "output"]],
  ["experiment/hostile", [
    ...["h1", ".name", "header a", "#progress strong", ".count", ".label", ".note", "figcaption", "summary"],
    ...["[data-status=diverged] .status", "#losses td", "#chart_accuracy svg text", "button[type=submit]"],
  ]],
  ["compare?side=blobs_rate&side=committed", ["h1", "h2", "td", "th", "figcaption", "summary"]],
];

for (const [path, texts] of PAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    Deno.test(
      inBrowser(`dashboard has a contrast of at least 4.5 in /${path} when the scheme is ${colorScheme}`),
      () =>
        see(path, async (page) => {
          if (path.startsWith("experiment")) await drawn(page);
          const found = await contrasts(page, texts);
          assertEquals(found.filter(({ ratio }) => ratio < 4.5), []);
          const [channel] = await page.evaluate(() =>
            getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.map(Number)
          );
          assertEquals(channel < 64, colorScheme === "dark");
        }, { colorScheme }),
    );
  }

  Deno.test(
    inBrowser(`dashboard has names for all controls and is no wider than a phone in /${path}`),
    () =>
      see(path, async (page) => {
        if (path.startsWith("experiment")) await drawn(page);
        assertEquals(await overhang(page), 0);
        assertEquals(await nameless(page), []);
        assertEquals(await tableless(page), []);
      }, { viewport: { width: 390, height: 800 } }),
  );
}

Deno.test(
  inBrowser("dashboard can be walked through by the keyboard, with a ring around what has the focus"),
  () =>
    see("", async (page) => {
      const walked: string[] = [];
      for (let press = 0; press < 32; press++) {
        await page.keyboard.press("Tab");
        walked.push(
          await page.evaluate(() => {
            const focused = document.activeElement as HTMLElement;
            const ring = getComputedStyle(focused).outlineStyle === "solid" ? "" : "without a ring: ";
            return ring +
              (focused.getAttribute("aria-label") || focused.getAttribute("name") || focused.textContent);
          }),
        );
      }
      const headings = ["compare", "experiment", "question", "run", "trials", "validation", "test", "winner"];
      const found = walked.filter((name) => name !== "without a ring: ");
      assertEquals(found.slice(0, 2), ["Experiments", "text"]);
      for (const name of [...headings, "compare blobs_rate", "blobs_rate", "compare committed"]) {
        assert(found.includes(name), `${name} in ${found}`);
      }
      await page.locator("th a:text-is('committed')").focus();
      await page.keyboard.press("Enter");
      await page.locator(".name:text-is('committed')").waitFor();
    }),
);

Deno.test(inBrowser("dashboard shows all that it knows when scripts are off"), async () => {
  await see("", async (page) => assertEquals(await page.locator("#experiments_table a").count(), 3), {
    javaScriptEnabled: false,
  });
  await see("experiment/committed?text=0.001", async (page) => {
    assertEquals(await page.locator("#trials_table tbody tr").count(), 2);
  }, { javaScriptEnabled: false });
});
