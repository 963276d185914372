import { InputError } from "../../core/check/errors.ts";
import { cacheDir, type CacheSurroundings } from "../../files/cache_dir.ts";

/** Folders outside a project in which Seedbed works unasked. */
export interface Places {
  /** For data sets; null where the environment names none, which whoever needs it reports. */
  readonly cache: string | null;
  /** For files that a command removes itself. */
  readonly temporary: string;
}

/** Returns the folders outside a project in which Seedbed works unasked. */
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

/** Returns the folder in which Deno makes temporary ones. */
function temporaryPlace({ os, environment }: CacheSurroundings): string {
  if (os !== "windows") return environment("TMPDIR") || "/tmp";
  return environment("TMP") || environment("TEMP") || `${environment("USERPROFILE")}\\AppData\\Local\\Temp`;
}
