import { stripVTControlCharacters } from "node:util";

/** The module that imports experiments; it lies beside this one. */
const IMPORTER = new URL("declaration_worker.ts", import.meta.url).href;

/**
 * Returns which permission a module requested that an experiment does not have, as the second half of a sentence;
 * null if an error has another cause.
 *
 * It parses Deno's message: `Requires env access to "HOME", run again with the --allow-env flag`.
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

/** Returns the first module in a stack that is neither Deno's own nor the one that imports experiments. */
function firstModule(stack: string): string | null {
  for (const [url] of stack.matchAll(/(?:file|https?):\/\/[^\s:)]+/g)) {
    if (url !== IMPORTER) return moduleName(url);
  }
  return null;
}

/** Returns the name of a module: an npm package as in an import, a file relative to the working folder. */
function moduleName(url: string): string {
  const [, name, version] = url.match(/\/npm\/[^/]+\/((?:@[^/]+\/)?[^/]+)\/([^/]+)\//) ?? [];
  if (name !== undefined) return `npm:${name}@${version}`;
  const here = `file://${Deno.cwd()}/`;
  return url.startsWith(here) ? decodeURIComponent(url.slice(here.length)) : url;
}
