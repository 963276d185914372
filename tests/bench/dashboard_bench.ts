import { startDashboard } from "../browser/dashboard_process.ts";
import { launchBrowser } from "../browser/playwright.ts";
import type { Browser, Page } from "../browser/playwright_types.ts";
import { makeWorkplace } from "../e2e/workplace.ts";
import { writeLargeResults } from "./large_results.ts";
import { type BenchReport, numberText } from "./report.ts";
import { median } from "./statistics.ts";

const KB_PER_MB = 1000;

/** What was measured of one page, in milliseconds from asking for it. */
interface PageTimes {
  readonly page: string;
  readonly paintMs: readonly number[];
  readonly chartsMs: readonly number[];
}

/** Measures how soon the dashboard shows something, and everything, of a grid of 10,000 trials x 100 epochs. */
export async function dashboardBench({ quick }: { readonly quick: boolean }): Promise<BenchReport> {
  const size = { trials: quick ? 1000 : 10_000, epochs: 100 };
  const place = await makeWorkplace({});
  try {
    for (const kind of ["journal", "committed"] as const) {
      await writeLargeResults(`${place.folder}/results/${kind}`, { ...size, kind });
    }
    const dashboard = await startDashboard(place);
    const browser = await launchBrowser();
    try {
      const options = { url: dashboard.url, rounds: quick ? 1 : 3 };
      const list = await measure(browser, { ...options, page: "list", ready: "#experiments_table" });
      const pages = [list];
      const answers: number[] = [];
      for (const kind of ["journal", "committed"]) {
        const answering = longestAnswer(dashboard.url);
        const page = `experiment/${kind}`;
        pages.push(await measure(browser, { ...options, page, ready: "#chart_parallel svg" }));
        answers.push(await answering.stop());
      }
      return reportOf(pages, { size, answerMs: Math.max(...answers), memoryMb: memoryOf(dashboard.pid) });
    } finally {
      await browser.close();
      await dashboard.stop();
    }
  } finally {
    await Deno.remove(place.folder, { recursive: true });
  }
}

interface MeasureOptions {
  readonly url: string;
  readonly page: string;
  /** What is there once everything is. */
  readonly ready: string;
  readonly rounds: number;
}

async function measure(browser: Browser, { url, page, ready, rounds }: MeasureOptions): Promise<PageTimes> {
  const paintMs: number[] = [];
  const chartsMs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext({ javaScriptEnabled: true });
    const opened = await context.newPage();
    const begin = performance.now();
    await opened.goto(page === "list" ? url : `${url}${page}`, { waitUntil: "domcontentloaded" });
    paintMs.push(await firstPaint(opened));
    await opened.locator(ready).waitFor({ state: "attached", timeout: 300_000 });
    chartsMs.push(performance.now() - begin);
    await context.close();
  }
  return { page, paintMs, chartsMs };
}

/** Returns when the browser first painted text, in milliseconds from asking for the page. */
function firstPaint(page: Page): Promise<number> {
  return page.evaluate(() =>
    new Promise<number>((resolve) => {
      new PerformanceObserver((list) => {
        const found = list.getEntriesByName("first-contentful-paint")[0];
        if (found !== undefined) resolve(found.startTime);
      }).observe({ type: "paint", buffered: true });
    })
  );
}

/** Asks for the list again and again, until it is told to stop; then returns the longest that an answer took. */
function longestAnswer(url: string): { readonly stop: () => Promise<number> } {
  let isStopped = false;
  const asking = (async () => {
    let longestMs = 0;
    while (!isStopped) {
      const begin = performance.now();
      await (await fetch(url)).text();
      longestMs = Math.max(longestMs, performance.now() - begin);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return longestMs;
  })();
  return {
    stop: () => {
      isStopped = true;
      return asking;
    },
  };
}

/** Returns the most memory that a process has held, in MB. */
function memoryOf(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) / KB_PER_MB;
}

interface Found {
  readonly size: { readonly trials: number; readonly epochs: number };
  readonly answerMs: number;
  readonly memoryMb: number;
}

function reportOf(pages: readonly PageTimes[], { size, answerMs, memoryMb }: Found): BenchReport {
  const { trials, epochs } = size;
  const worst = Math.max(...pages.flatMap(({ paintMs }) => paintMs));
  return {
    name: "dashboard",
    tables: [{
      title: `The dashboard of two experiments of ${trials} trials x ${epochs} epochs, in milliseconds`,
      columns: [
        "page",
        "first paint, first visit",
        "first paint, median",
        "charts, first visit",
        "charts, median",
      ],
      rows: pages.map(({ page, paintMs, chartsMs }) => [
        page,
        ...[paintMs[0], median(paintMs), chartsMs[0], median(chartsMs)].map(numberText),
      ]),
      notes: [
        `While the pages were drawn, another that was asked for took at most ${numberText(answerMs)} ms.`,
        `The server held at most ${numberText(memoryMb)} MB.`,
      ],
    }],
    records: [
      ...pages.map(({ page, paintMs, chartsMs }) => ({
        page,
        paintMs: median(paintMs),
        chartsMs: median(chartsMs),
      })),
      { answerMs, memoryMb },
    ],
    targets: [{
      name: "first paint of the dashboard, the slowest",
      measured: worst,
      bound: 2_000,
      direction: "at most",
      unit: "ms",
    }],
  };
}
