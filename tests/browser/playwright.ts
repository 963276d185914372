import { findTool } from "../setup/find_tool.ts";
import type { Browser } from "./playwright_types.ts";

const PACKAGE = "npm:playwright-core@1.65.1";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts a headless Chromium with a profile of its own: `$CHROMIUM`, or else the one on the PATH.
 *
 * Playwright is not in `deno.lock`, whose packages everybody's first command downloads. A process of its own fetches
 * the pinned version into Deno's cache, and says where it lies.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findTool("chromium");
  if (executablePath === null) {
    throw new Error(
      "Cannot test in a browser: Chromium must be on the PATH, found none; the variable CHROMIUM may name one",
    );
  }
  const { chromium } = await import(await placeOfPlaywright());
  return await chromium.launch({ executablePath, headless: true, args: FLAGS });
}

async function placeOfPlaywright(): Promise<string> {
  const program = `await import("${PACKAGE}"); console.log(import.meta.resolve("${PACKAGE}"));`;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-config", "--no-lock", "--quiet", program],
  }).output();
  if (code !== 0) throw new Error(`Cannot fetch ${PACKAGE}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout).trim();
}
