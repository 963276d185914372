import { InputError } from "./errors.ts";

/** What an operating system says when a file cannot be written through no fault of Seedbed. */
const MENDABLE = ["ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EACCES", "EPERM", "EIO", "ENOTDIR", "EISDIR"];

/**
 * Returns what to throw when writing a file has failed: an {@link InputError} with the path and the reason if a user can
 * mend it, such as a full disk or a folder of somebody else, otherwise the error itself.
 */
export function writeProblem(path: string, error: unknown): unknown {
  const isMendable = error instanceof Error && "code" in error && MENDABLE.includes(String(error.code));
  if (!isMendable) return error;
  return new InputError(`Cannot write ${path}: ${error.message}`, { cause: error });
}
