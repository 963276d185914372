import { InputError } from "../core/check/errors.ts";

/** What the cache folder depends on. */
export interface CacheSurroundings {
  readonly os: typeof Deno.build.os;
  /** Returns an environment variable. */
  readonly environment: (name: string) => string | undefined;
}

const HERE: CacheSurroundings = { os: Deno.build.os, environment: (name) => Deno.env.get(name) };

/**
 * Returns the folder for decoded data sets: `$SEEDBED_CACHE`, else `seedbed` in the user's cache folder.
 *
 * @throws {InputError} If the environment names neither.
 */
export function cacheDir({ os, environment }: CacheSurroundings = HERE): string {
  // An empty variable counts as unset, as in the XDG specification.
  const read = (name: string) => environment(name) || undefined;
  const own = read("SEEDBED_CACHE");
  if (own !== undefined) return own;
  const base = os === "windows" ? read("LOCALAPPDATA") : os === "darwin" ? undefined : read("XDG_CACHE_HOME");
  if (base !== undefined) return `${base}/seedbed`;
  const home = read("HOME");
  if (home === undefined || os === "windows") {
    throw new InputError(
      "Cannot find the cache folder: SEEDBED_CACHE must name one if there is no home folder",
    );
  }
  return os === "darwin" ? `${home}/Library/Caches/seedbed` : `${home}/.cache/seedbed`;
}
