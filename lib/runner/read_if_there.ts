import { fileProblem } from "../core/file_problem.ts";

/**
 * Returns the text of a file, or null if there is no such file.
 *
 * @throws {InputError} If it cannot be read.
 */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw fileProblem(error, { action: "read", path });
  }
}
