import { basename, dirname, join } from "node:path";

/** Returns the path of a file or folder without links, also where it, or folders above it, have yet to be made. */
export function realPlace(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound) || path === dirname(path)) return path;
    return join(realPlace(dirname(path)), basename(path));
  }
}
