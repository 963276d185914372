const ROOT = new URL("../../", import.meta.url).pathname;

/** Path of the launcher, which starts every command. */
export const LAUNCHER = `${ROOT}lib/cli/launch.ts`;

/** What a project links that runs the Seedbed of this checkout. */
export const LINKS = ["", "lib/std/assert", "lib/std/cli", "lib/std/csv"].map((path) => ROOT + path);

/** Makes a folder a project that runs the Seedbed of this checkout. */
export async function linkProject(folder: string): Promise<void> {
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ links: LINKS, lock: false }));
}
