import { ifThere } from "./if_there.ts";

/** Returns whether there is a folder at a path. */
export async function isFolder(path: string): Promise<boolean> {
  const found = await ifThere({ action: "read", path }, () => Deno.stat(path));
  return found !== null && found.isDirectory;
}
