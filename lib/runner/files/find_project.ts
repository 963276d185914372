import { dirname, join, resolve } from "node:path";

/** A folder with a `deno.json`, which names what its modules may import. */
export interface Project {
  readonly folder: string;
  /** Path of its `deno.json` or `deno.jsonc`. */
  readonly config: string;
}

const CONFIG_NAMES = ["deno.json", "deno.jsonc"];

/** Returns the project of a folder: the nearest one above it, or itself; null if there is none. */
export function findProject(folder: string): Project | null {
  for (let above = resolve(folder);; above = dirname(above)) {
    for (const name of CONFIG_NAMES) {
      const config = join(above, name);
      if (isFile(config)) return { folder: above, config };
    }
    if (above === dirname(above)) return null;
  }
}

/** What may not be read is not there for this process. */
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
