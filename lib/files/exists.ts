import { fileProblem } from "./file_problem.ts";

/** Tells whether there is a file or folder at a path. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw fileProblem(error, { action: "read", path });
  }
}
