import { usingFile } from "./file_problem.ts";

/**
 * Makes a new folder in the system's folder for temporary files.
 *
 * @throws {InputError} If the system refuses it, such as where `TMPDIR` names no folder.
 */
export async function makeTemporaryFolder({ prefix }: { readonly prefix: string }): Promise<string> {
  const place = { action: "make a temporary folder", path: "where TMPDIR says" };
  return await usingFile(place, () => Deno.makeTempDir({ prefix }));
}
