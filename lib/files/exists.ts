import { ifThere, ifThereSync } from "./if_there.ts";

/** Returns whether there is a file or folder at a path. */
export async function exists(path: string): Promise<boolean> {
  return await ifThere({ action: "read", path }, () => Deno.stat(path)) !== null;
}

/** As {@link exists}, but synchronous. */
export function existsSync(path: string): boolean {
  return ifThereSync({ action: "read", path }, () => Deno.statSync(path)) !== null;
}
