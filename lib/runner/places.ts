import { InputError } from "../core/errors.ts";
import { cacheDir } from "../data/cache_dir.ts";

/** Returns the folders besides its own in which Seedbed works unasked: the cache, and the one for temporary files. */
export function places(): readonly string[] {
  const temporary = ["TMPDIR", "TEMP"].map((name) => Deno.env.get(name)).find(Boolean);
  return [...cachePlace(), temporary ?? "/tmp"];
}

function cachePlace(): readonly string[] {
  try {
    return [cacheDir()];
  } catch (error) {
    // Without a home there is no cache, and whoever needs one says so.
    if (error instanceof InputError) return [];
    throw error;
  }
}
