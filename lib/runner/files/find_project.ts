import { dirname, join, resolve } from "node:path";

/** A folder with a `deno.json`, which lists the imports of its modules. */
export interface Project {
  readonly folder: string;
  /** Path of its `deno.json` or `deno.jsonc`. */
  readonly config: string;
}

const CONFIG_NAMES = ["deno.json", "deno.jsonc"];

/** Returns the project of a folder: the folder itself or the nearest one above; null if there is none. */
export function findProject(folder: string): Project | null {
  for (let above = resolve(folder);; above = dirname(above)) {
    for (const name of CONFIG_NAMES) {
      const config = join(above, name);
      if (isFile(config)) return { folder: above, config };
    }
    if (above === dirname(above)) return null;
  }
}

/** Returns whether there is a file; one that may not be read counts as missing. */
function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) return false;
    if (error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.PermissionDenied) {
      return false;
    }
    throw error;
  }
}
