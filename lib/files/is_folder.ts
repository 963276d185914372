import { fileProblem } from "./file_problem.ts";

/** Tells whether there is a folder at a path. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw fileProblem(error, { action: "read", path });
  }
}
