import { ifThere } from "./if_there.ts";

/**
 * Removes a file, or a folder with all that is in it; one that is not there is no error.
 *
 * @throws {InputError} If the system refuses it.
 */
export async function removeIfThere(path: string): Promise<void> {
  await ifThere({ action: "remove", path }, () => Deno.remove(path, { recursive: true }));
}
