import { assertEquals, assertStringIncludes } from "@std/assert";
import { needing } from "../setup/needing.ts";
import { LABELS } from "./hostile_experiment.ts";
import { contrasts, nameless, overhang, tableless } from "./judge.ts";
import type { Page } from "./playwright_types.ts";
import { dashboardUrl, see, SUBJECT } from "./see_dashboard.ts";

const inBrowser = (name: string) => needing(["chromium", "git"], name);

/** Waits until the charts of an experiment's page are drawn. */
async function drawn(page: Page): Promise<void> {
  await page.locator("#chart_accuracy svg").waitFor();
}

/** Whether a page is that of an experiment, whose charts come later. */
function isLive(path: string): boolean {
  return path.startsWith("experiment/") && !path.endsWith("/history");
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
      assertEquals(page.url(), `${dashboardUrl()}experiment/blobs_rate?text=0.001`);
      await page.reload();
      await drawn(page);
      assertEquals(await page.locator("input[name=text]").inputValue(), "0.001");
      assertEquals(await page.locator("#trials_table tbody tr").count(), 2);
      assertStringIncludes(await page.locator("#table").innerText(), "2 of 6 trials shown.");
      await page.locator("input[name=text]").fill("");
      await page.locator("select[name=status]").selectOption("diverged");
      await count(page, { selector: "#trials_table tbody tr:not([data-status=diverged])", is: 0 });
      await count(page, { selector: "#trials_table tbody tr", is: 2 });
      assertEquals(page.url(), `${dashboardUrl()}experiment/blobs_rate?status=diverged`);
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
      await page.locator("#trials summary").click();
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
      if (isLive(path)) await drawn(page);
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
  ["experiment/hostile/history", ["h1", ".name a", "caption", "th", "td", "td a"]],
];

for (const [path, texts] of PAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    Deno.test(
      inBrowser(`dashboard has a contrast of at least 4.5 in /${path} when the scheme is ${colorScheme}`),
      () =>
        see(path, async (page) => {
          if (isLive(path)) await drawn(page);
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
        if (isLive(path)) await drawn(page);
        assertEquals(await overhang(page), 0);
        assertEquals(await nameless(page), []);
        assertEquals(await tableless(page), []);
      }, { viewport: { width: 390, height: 800 } }),
  );
}

Deno.test(inBrowser("dashboard shows all that it knows when scripts are off"), async () => {
  await see("", async (page) => assertEquals(await page.locator("#experiments_table a").count(), 3), {
    javaScriptEnabled: false,
  });
  await see("experiment/committed?text=0.001", async (page) => {
    assertEquals(await page.locator("#trials_table tbody tr").count(), 2);
  }, { javaScriptEnabled: false });
});
