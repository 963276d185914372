import { assertEquals } from "@std/assert";
import { hasTools } from "../setup/needing.ts";
import { launchBrowser } from "./playwright.ts";
import type { Browser, Page, Size } from "./playwright_types.ts";

let browser: Browser | null = null;
const pages = new Map<boolean, WatchedPage>();

// One browser serves all tests of a file, and each of its pages many: to open one takes longer than most tests.
Deno.test.beforeAll(async () => {
  if (hasTools("chromium")) browser = await launchBrowser();
});
Deno.test.afterAll(async () => {
  await browser?.close();
});

/** Where a visitor goes, and how equipped. */
export interface VisitOptions extends Equipment {
  readonly url: string;
}

/** How a visitor is equipped. */
export interface Equipment {
  /** Default: light. */
  readonly colorScheme?: "light" | "dark";
  /** Default: 1200 x 900. */
  readonly viewport?: Size;
  /** Default: true. */
  readonly javaScriptEnabled?: boolean;
}

/** A page, and what was complained about since the last visit began. */
interface WatchedPage {
  readonly page: Page;
  readonly complaints: string[];
  /** Where it may send requests to. */
  own: string;
}

/** Opens the table of trials, which a report shows folded beneath the points. */
export async function unfoldTrials(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector("#trials > details")?.setAttribute("open", ""));
}

const DESKTOP: Size = { width: 1200, height: 900 };

/**
 * Opens a page, looks at it and leaves it; then nothing may have been complained about: no error or warning in the
 * console, no exception, no dialog, and no request but to the page's own place.
 */
export async function visit(
  { url, colorScheme = "light", viewport = DESKTOP, javaScriptEnabled = true }: VisitOptions,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  let watched = pages.get(javaScriptEnabled);
  if (watched === undefined) pages.set(javaScriptEnabled, watched = await openPage(javaScriptEnabled));
  const { page, complaints } = watched;
  watched.own = url;
  complaints.length = 0;
  await page.setViewportSize(viewport);
  await page.emulateMedia({ media: "screen", colorScheme });
  await page.goto(url, { waitUntil: "load" });
  try {
    await look(page);
    assertEquals(complaints, []);
  } finally {
    await page.goto("about:blank");
  }
}

async function openPage(javaScriptEnabled: boolean): Promise<WatchedPage> {
  const context = await browser!.newContext({ javaScriptEnabled });
  const page = await context.newPage();
  const watched: WatchedPage = { page, complaints: [], own: "" };
  const complain = (text: string) => watched.complaints.push(text);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complain(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complain(`exception: ${error.message}`));
  page.on("dialog", (dialog) => {
    complain(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!isOwn(request.url(), watched.own)) complain(`request: ${request.url()}`);
  });
  return watched;
}

/** A file may ask for itself alone, a page of a server for all of that server. */
function isOwn(requested: string, url: string): boolean {
  if (requested.startsWith("data:")) return true;
  const own = new URL(url);
  return own.protocol === "file:"
    ? requested.split("#")[0] === url.split("#")[0]
    : new URL(requested).origin === own.origin;
}
