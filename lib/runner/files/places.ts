import { InputError } from "../../core/check/errors.ts";
import { cacheDir, type CacheSurroundings } from "../../files/cache_dir.ts";

/** Folders outside a project that Seedbed uses by default. */
export interface Places {
  /** For data sets; null if the environment names none, which is reported when it is needed. */
  readonly cache: string | null;
  /** For files that a command removes itself. */
  readonly temporary: string;
}

/** Returns the folders outside a project that Seedbed uses by default. */
export function places(surroundings: CacheSurroundings): Places {
  return { cache: cachePlace(surroundings), temporary: temporaryPlace(surroundings) };
}

function cachePlace(surroundings: CacheSurroundings): string | null {
  try {
    return cacheDir(surroundings);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** Returns the folder in which Deno makes temporary folders. */
function temporaryPlace({ os, environment }: CacheSurroundings): string {
  if (os !== "windows") return environment("TMPDIR") || "/tmp";
  return environment("TMP") || environment("TEMP") || `${environment("USERPROFILE")}\\AppData\\Local\\Temp`;
}
