import { InputError } from "./errors.ts";

/** What an operating system says when a file cannot be used through no fault of Seedbed. */
const MENDABLE = ["ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EACCES", "EPERM", "EIO", "ENOTDIR", "EISDIR"];

/**
 * Returns what to throw when a file could not be read or written: an {@link InputError} with the path and the reason if a
 * user can mend it, such as a full disk or a folder of somebody else, otherwise the error itself.
 */
export function fileProblem(
  error: unknown,
  { action, path }: { readonly action: "read" | "write"; readonly path: string },
): unknown {
  const isMendable = error instanceof Error && "code" in error && MENDABLE.includes(String(error.code));
  if (!isMendable) return error;
  return new InputError(`Cannot ${action} ${path}: ${error.message}`, { cause: error });
}
