import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { needing } from "../setup/needing.ts";
import { LABELS, QUESTION } from "./hostile_experiment.ts";
import { tableless } from "./judge.ts";
import type { Page } from "./playwright_types.ts";
import { dashboardUrl, see } from "./see_dashboard.ts";

const inBrowser = (name: string) => needing(["chromium", "git"], name);

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
          .map(({ cells }) => [6, 1, 4, 5].map((index) => cells[index].textContent))
      );
      assertEquals(rows[0], [
        "Which learning rate?",
        "here",
        "4 of 6, 2 diverged",
        "rate=0.2, hidden=8",
      ]);
      assertEquals(rows[1], [
        "Which learning rate?",
        "committed, same bits",
        "4 of 6, 2 diverged",
        "rate=0.1, hidden=8",
      ]);
      assertEquals(rows[2].slice(0, 3), [QUESTION, "committed, same bits", "16 of 24, 8 diverged"]);
    }),
);

Deno.test(
  inBrowser("dashboard keeps the search in the address, so that a link opens the same list"),
  () =>
    see("", async (page) => {
      await page.locator("input[name=text]").fill("learning committed");
      assertEquals(await names(page), ["committed"]);
      assertEquals(await page.locator("output").textContent(), "1 of 3");
      assertEquals(page.url(), `${dashboardUrl()}?text=learning+committed`);
      await page.reload();
      assertEquals(await page.locator("input[name=text]").inputValue(), "learning committed");
      assertEquals(await names(page), ["committed"]);
    }),
);

Deno.test(
  inBrowser("dashboard keeps a click during which the server replaces what is clicked"),
  () =>
    see("", async (page) => {
      await page.locator('#experiments_table th:has(> button:text-is("trials")) button').hover();
      await page.mouse.down();
      // A new stream begins with the whole list; this test's own stream, opened later, has it after the page's.
      await page.evaluate(async () => {
        document.querySelector<HTMLFormElement>("form[data-deep-link]")!.requestSubmit();
        for (let stream = 0; stream < 2; stream++) {
          const own = new EventSource(document.body.dataset.live!);
          await new Promise((resolve) => own.onmessage = resolve);
          own.close();
        }
      });
      await page.mouse.up();
      await page.locator('#experiments_table th[aria-sort="ascending"]:has(> button:text-is("trials"))')
        .waitFor();
    }),
);

Deno.test(inBrowser("dashboard sorts its list by a heading"), () =>
  see("", async (page) => {
    const button = page.locator('#experiments_table th:has(> button:text-is("experiment")) button');
    await button.click();
    await button.click();
    assertEquals(await names(page), ["hostile", "committed", "blobs_rate"]);
  }));

Deno.test(
  inBrowser(
    "dashboard keeps the order of its list in the address, beside the search, over a reload and back",
  ),
  () =>
    see("", async (page) => {
      const heading = page.locator('#experiments_table th:has(> button:text-is("experiment"))');
      await heading.locator("button").click();
      await heading.locator("button").click();
      await page.locator("input[name=text]").fill("learning");
      const address = `${dashboardUrl()}?text=learning&sort=experiments_table.0.desc`;
      await page.waitForURL(address);
      await page.reload();
      assertEquals(await heading.getAttribute("aria-sort"), "descending");
      assertEquals(await names(page), ["committed", "blobs_rate"]);
      await page.locator("tr:has(a:text-is('committed')) td").first().click();
      await page.locator(".name:text-is('committed')").waitFor();
      await page.evaluate(() => history.back());
      // A heading is there before the script has filled the search in: this waits until the page is loaded.
      await page.waitForURL(address);
      await page.locator("h1:text-is('Experiments')").waitFor();
      assertEquals(await page.locator("input[name=text]").inputValue(), "learning");
      assertEquals(await names(page), ["committed", "blobs_rate"]);
    }),
);

Deno.test(
  inBrowser("dashboard opens an experiment when its row is pressed, but not when its box is ticked"),
  () =>
    see("", async (page) => {
      await page.locator("input[value=hostile]").click();
      assert(await page.locator("input[value=hostile]").isChecked());
      assertEquals(page.url(), dashboardUrl());
      await page.locator("tr:has(input[value=hostile]) td").nth(3).click();
      await page.waitForURL(`${dashboardUrl()}experiment/hostile`);
    }),
);

Deno.test(
  inBrowser("dashboard shows name and state first on a phone, and keeps the name when its list is scrolled"),
  () =>
    see("", async (page) => {
      const rights = () =>
        page.evaluate(() =>
          [...document.querySelector<HTMLTableElement>("#experiments_table")!.tBodies[0].rows[0].cells]
            .slice(0, 2).map((cell) => Math.round(cell.getBoundingClientRect().right))
        );
      const [name, state] = await rights();
      assert(state <= 390, `found ${state}`);
      await page.evaluate(() => document.querySelector("#experiments .scroll")!.scrollBy(200, 0));
      assertEquals((await rights())[0], name);
    }, { viewport: { width: 390, height: 800 } }),
);

Deno.test(
  inBrowser("dashboard compares the experiments that are chosen in its list"),
  () =>
    see("", async (page) => {
      for (const name of ["hostile", "blobs_rate"]) await page.locator(`input[value=${name}]`).check();
      await page.locator("#compare button[type=submit]").click();
      await page.locator("h1:text-is('Comparison')").waitFor();
      assertStringIncludes(page.url(), "compare?side=blobs_rate&side=hostile");
      const winners = await page.locator("#winners tbody tr").allTextContents();
      assertEquals(winners.length, 2);
      assertStringIncludes(winners[0], "rate=0.2, hidden=8");
      assertStringIncludes(winners[1], `label=${LABELS[0]}`);
      assertEquals(await page.locator("#chart_compared path[aria-label]").count(), 2);
      assertEquals(await tableless(page), []);
    }),
);

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
      const headings = ["experiment", "state", "validation", "test", "trials", "winner", "question"];
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
