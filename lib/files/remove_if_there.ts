import { ifThere } from "./if_there.ts";

/**
 * Removes a file, or a folder with all its content; does nothing if there is none.
 *
 * @throws {InputError} If the system refuses it.
 */
export async function removeIfThere(path: string): Promise<void> {
  await ifThere({ action: "remove", path }, () => Deno.remove(path, { recursive: true }));
}
