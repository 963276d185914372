import { fileProblem } from "./file_problem.ts";

/**
 * Yields the entries of a folder; none if there is no such folder.
 *
 * @throws {InputError} If it cannot be read, or is not a folder.
 */
export async function* readFolder(path: string): AsyncIterable<Deno.DirEntry> {
  try {
    yield* Deno.readDir(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw fileProblem(error, { action: "read", path });
  }
}
