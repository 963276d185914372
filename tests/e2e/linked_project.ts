const ROOT = new URL("../../", import.meta.url).pathname;

/** Path of the launcher, which starts every command. */
export const LAUNCHER = `${ROOT}lib/cli/launch.ts`;

/** Makes a folder a project that runs the Seedbed of this checkout. */
export async function linkProject(folder: string): Promise<void> {
  const links = ["", "lib/std/assert", "lib/std/cli", "lib/std/csv"].map((path) => ROOT + path);
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ links, lock: false }));
}
