import { dirname } from "node:path";
import { InputError } from "../core/check/errors.ts";
import { fileProblem, shownPath } from "./file_problem.ts";
import { isFolder } from "./is_folder.ts";
import { checkTarget, partPath } from "./write_file_whole.ts";

/** An output file. */
export interface OutputPlace {
  /** The flag that names the path. */
  readonly flag: string;
  /** Completes "Cannot ...", before the path. */
  readonly action: string;
  /** Whether its folder is made if it is missing. Default: false. */
  readonly makesFolder?: boolean;
}

/**
 * Checks that a file can be written, before its content takes an hour to compute; leaves no file.
 *
 * @throws {InputError} If the path is a folder, its parent folder is missing, or the system refuses it.
 */
export async function checkOutput(
  path: string,
  { flag, action, makesFolder = false }: OutputPlace,
): Promise<void> {
  const fail = (what: string) =>
    new InputError(`Cannot ${action} ${shownPath(path)}: --${flag} must ${what}`);
  if (await isFolder(path)) throw fail("be a file, found a folder");
  await checkTarget(path);
  const part = partPath(path);
  try {
    (await Deno.open(part, { write: true, create: true })).close();
    await Deno.remove(part);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw fileProblem(error, { action: "write", path });
    if (makesFolder) return;
    throw fail(`be in a folder that exists, found ${shownPath(dirname(path))}`);
  }
}
