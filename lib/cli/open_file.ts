import { resolve } from "node:path";
import { InputError } from "../core/errors.ts";

/**
 * Opens a file in the program that the system has for it.
 *
 * @throws {InputError} If there is no such program, or Deno may not start it.
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
    throw new InputError(`Cannot open ${path}: ${command} must show it, found that it failed`);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const found = error instanceof Deno.errors.NotFound ? "no such program" : "no permission to run it";
    throw new InputError(`Cannot open ${path}: ${command} must show it, found ${found}`);
  }
}

function openerOf(os: typeof Deno.build.os): string {
  if (os === "darwin") return "open";
  return os === "windows" ? "explorer" : "xdg-open";
}
