import { stripVTControlCharacters } from "node:util";

/**
 * Returns what a module asked for that an experiment may not have, with the module's name: a sentence's second half;
 * null if an error is about something else.
 *
 * Deno phrases it as an error's message: `Requires env access to "HOME", run again with the --allow-env flag`.
 */
export function askedFor(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const asked = cause.message.match(/^Requires (.+? access(?: to .+?)?), run again with /)?.[1];
    if (asked === undefined) continue;
    const module = firstModule(stripVTControlCharacters(`${cause.message}\n${cause.stack ?? ""}`));
    const who = module === null ? "it" : module;
    return `${who} asked for ${asked}, and an experiment may read its project only; ` +
      "--trust-experiment allows it everything for one run";
  }
  return null;
}

/** Returns the first module that a stack names, besides Deno's own and the one that imports experiments. */
function firstModule(stack: string): string | null {
  for (const [url] of stack.matchAll(/(?:file|https?):\/\/[^\s:)]+/g)) {
    if (!url.endsWith("/runner/plan/declaration_worker.ts")) return moduleName(url);
  }
  return null;
}

/** An npm package is named as in an import, a file relative to where the command runs. */
function moduleName(url: string): string {
  const [, name, version] = url.match(/\/npm\/[^/]+\/((?:@[^/]+\/)?[^/]+)\/([^/]+)\//) ?? [];
  if (name !== undefined) return `npm:${name}@${version}`;
  const here = `file://${Deno.cwd()}/`;
  return url.startsWith(here) ? decodeURIComponent(url.slice(here.length)) : url;
}
