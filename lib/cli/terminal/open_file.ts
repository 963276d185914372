import { resolve } from "node:path";
import { InputError } from "../../core/check/errors.ts";

/**
 * Opens a file in the program that the system has for it.
 *
 * @throws {InputError} If there is no such program, or it fails.
 */
export async function openFile(path: string): Promise<void> {
  const command = openerOf(Deno.build.os);
  try {
    const { success } = await new Deno.Command(command, {
      args: [resolve(path)],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).output();
    // The Explorer of Windows opens the file and says that it failed.
    if (success || command === "explorer") return;
    throw new InputError(`Cannot open ${path}: ${command} which must show it, failed`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new InputError(`Cannot open ${path}: ${command} which must show it, is not installed`);
  }
}

/** Returns the program of a system that opens files. */
export function openerOf(os: typeof Deno.build.os): string {
  if (os === "darwin") return "open";
  return os === "windows" ? "explorer" : "xdg-open";
}
