import { InputError } from "../core/check/errors.ts";

/** Of what file, and what was done to it. */
export interface FileProblemPlace {
  /** Completes "Cannot ... PATH", such as "read" or "write". */
  readonly action: string;
  readonly path: string;
}

/**
 * Returns what to throw when a file could not be used: an {@link InputError} with the path and the system's reason if the
 * system refused it, such as a full disk, a folder in a file's place or a loop of links, otherwise the error itself.
 *
 * Every error of a file on a path of the user's passes through here.
 */
export function fileProblem(error: unknown, { action, path }: FileProblemPlace): unknown {
  const reason = systemReason(error, { path });
  if (reason === null) return error;
  return new InputError(`Cannot ${action} ${shownPath(path)}: ${reason}`, { cause: error });
}

/** Uses a file; what the system refuses is thrown as {@link fileProblem} has it. */
export async function usingFile<T>(place: FileProblemPlace, use: () => T | Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    throw fileProblem(error, place);
  }
}

/** As {@link usingFile}, without waiting. */
export function usingFileSync<T>(place: FileProblemPlace, use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw fileProblem(error, place);
  }
}

/**
 * Returns why the system refused a file, such as "Is a directory (os error 21)"; null if it was not the system.
 *
 * Deno adds its own name of the call and a path, which stays if it is another than the one that is known.
 */
export function systemReason(error: unknown, { path }: { readonly path?: string } = {}): string | null {
  if (!(error instanceof Error) || error instanceof InputError) return null;
  // Deno itself says so where it looks at permissions, and gives no code.
  if (error.message === EMPTY_PATH) return "its path must not be empty";
  if (!("code" in error)) return null;
  if (typeof error.code !== "string" || !/^E[A-Z0-9]+$/.test(error.code)) return null;
  const [, reason, call, other] = /^(.*?): ([a-z]+) '(.*)'$/s.exec(error.message) ?? [];
  if (reason === undefined) return error.message;
  const others = other.split("' -> '").map(shownPath);
  return other === path ? reason : `${reason}: ${call} ${others.join(" to ")}`;
}

const EMPTY_PATH = "Empty path is not allowed";
const LONGEST = 200;

/** Returns a path as it stands in a message: quoted where it is empty or has characters that do not show, and never long. */
export function shownPath(path: string): string {
  const cut = path.length <= LONGEST ? path : `${path.slice(0, LONGEST / 2)}...${path.slice(-LONGEST / 2)}`;
  return /^[^\p{C}]+$/u.test(cut) ? cut : JSON.stringify(cut);
}
