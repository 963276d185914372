import { InputError } from "../core/check/errors.ts";

/** The file and the attempted action. */
export interface FileProblemPlace {
  /** Completes "Cannot ... PATH", such as "read" or "write". */
  readonly action: string;
  readonly path: string;
}

/**
 * Returns the error to throw when a file could not be used. If the system refused the file, this is an {@link
 * InputError} with the path and the reason, such as a full disk, a folder instead of a file or a loop of links.
 * Otherwise it is the error itself.
 *
 * Every error about a file that the user named passes through this function.
 */
export function fileProblem(error: unknown, { action, path }: FileProblemPlace): unknown {
  const reason = systemReason(error, { path });
  if (reason === null) return error;
  return new InputError(`Cannot ${action} ${shownPath(path)}: ${reason}`, { cause: error });
}

/** Uses a file; errors of the system are converted by {@link fileProblem}. */
export async function usingFile<T>(place: FileProblemPlace, use: () => T | Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    throw fileProblem(error, place);
  }
}

/** As {@link usingFile}, but synchronous. */
export function usingFileSync<T>(place: FileProblemPlace, use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw fileProblem(error, place);
  }
}

/**
 * Returns why the system refused a file, such as "Is a directory (os error 21)"; null for other errors.
 *
 * Deno adds its own name of the call and a path. They are kept if that path differs from the known one.
 */
export function systemReason(error: unknown, { path }: { readonly path?: string } = {}): string | null {
  if (!(error instanceof Error) || error instanceof InputError) return null;
  // Deno's permission check throws this itself, without a code.
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

/** Returns a path for a message: quoted if it is empty or has invisible characters, and shortened if it is long. */
export function shownPath(path: string): string {
  const cut = path.length <= LONGEST ? path : `${path.slice(0, LONGEST / 2)}...${path.slice(-LONGEST / 2)}`;
  return /^[^\p{C}]+$/u.test(cut) ? cut : JSON.stringify(cut);
}
