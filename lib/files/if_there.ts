import { fileProblem, type FileProblemPlace } from "./file_problem.ts";

/** Uses a file; null if there is none. Errors of the system are converted by {@link fileProblem}. */
export async function ifThere<T>(place: FileProblemPlace, use: () => T | Promise<T>): Promise<T | null> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw fileProblem(error, place);
  }
}

/** As {@link ifThere}, but synchronous. */
export function ifThereSync<T>(place: FileProblemPlace, use: () => T): T | null {
  try {
    return use();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw fileProblem(error, place);
  }
}
