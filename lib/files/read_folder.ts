import { fileProblem } from "./file_problem.ts";

/**
 * Yields what is in a folder; one that is not there is empty.
 *
 * @throws {InputError} If it cannot be read, or is none.
 */
export async function* readFolder(path: string): AsyncIterable<Deno.DirEntry> {
  try {
    yield* Deno.readDir(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw fileProblem(error, { action: "read", path });
  }
}
