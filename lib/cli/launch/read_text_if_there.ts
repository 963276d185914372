/** Returns the text of a file, or null if there is none that can be read. */
export function readTextIfThere(path: string): string | null {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return null;
  }
}
