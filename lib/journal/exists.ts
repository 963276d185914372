import { fileProblem } from "../files/file_problem.ts";

/** Returns whether there is something at a path. */
export function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw fileProblem(error, { action: "read", path });
  }
}
