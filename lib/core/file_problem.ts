import { InputError } from "./errors.ts";

/** Of what file, and what was done to it. */
export interface FileProblemPlace {
  readonly action: "read" | "write" | "remove" | "lock";
  readonly path: string;
}

/**
 * Returns what to throw when a file could not be used: an {@link InputError} with the path and the system's reason if the
 * system refused it, such as a full disk, a folder in a file's place or a loop of links, otherwise the error itself.
 *
 * Every error of a file on a path of the user's passes through here.
 */
export function fileProblem(error: unknown, { action, path }: FileProblemPlace): unknown {
  const reason = systemReason(error);
  if (reason === null) return error;
  return new InputError(`Cannot ${action} ${shownPath(path)}: ${reason}`, { cause: error });
}

/** Returns why the system refused a file, such as "Is a directory (os error 21)"; null if it was not the system. */
export function systemReason(error: unknown): string | null {
  if (!(error instanceof Error) || error instanceof InputError || !("code" in error)) return null;
  if (typeof error.code !== "string" || !/^E[A-Z0-9]+$/.test(error.code)) return null;
  // What follows is Deno's name of the call, with the path once more.
  return error.message.replace(/(: [a-z]+ '.*)?$/s, "");
}

const LONGEST = 200;

/** Returns a path as it stands in a message: quoted where it is empty or has characters that do not show, and never long. */
export function shownPath(path: string): string {
  const cut = path.length <= LONGEST ? path : `${path.slice(0, LONGEST / 2)}...${path.slice(-LONGEST / 2)}`;
  return /^[^\p{C}]+$/u.test(cut) ? cut : JSON.stringify(cut);
}
