import { basename, dirname, join } from "node:path";

/** Returns the path of a file or folder without symbolic links, even if it or its parent folders do not exist yet. */
export function realPlace(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound) || path === dirname(path)) return path;
    return join(realPlace(dirname(path)), basename(path));
  }
}
