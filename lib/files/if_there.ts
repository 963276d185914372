import { fileProblem, type FileProblemPlace } from "./file_problem.ts";

/** Uses a file; null if there is none. What the system refuses is thrown as {@link fileProblem} has it. */
export async function ifThere<T>(place: FileProblemPlace, use: () => T | Promise<T>): Promise<T | null> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw fileProblem(error, place);
  }
}

/** As {@link ifThere}, without waiting. */
export function ifThereSync<T>(place: FileProblemPlace, use: () => T): T | null {
  try {
    return use();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw fileProblem(error, place);
  }
}
