import { dirname, resolve } from "node:path";
import { InputError } from "../core/errors.ts";

/** Runs git in a folder and returns what it wrote, or null if it failed, as it does outside a repository. */
export async function runGit(args: readonly string[], { folder }: { readonly folder: string }) {
  try {
    const { success, stdout } = await new Deno.Command("git", {
      args: [...args],
      cwd: folder,
      stdin: "null",
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout) : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/**
 * Makes sure that git has a file as it is.
 *
 * @throws {InputError} If it is not committed, was changed since, or there is no repository.
 */
export async function checkCommitted(file: string): Promise<void> {
  const path = resolve(file);
  const status = await runGit(["status", "--porcelain", "--ignored", "--", path], { folder: dirname(path) });
  if (status === "") return;
  const found = status === null
    ? "no repository"
    : status.startsWith("??")
    ? "a file that git does not know"
    : "changes";
  throw new InputError(
    `Cannot accept results of ${file}: it must be committed, so that they can be traced to it, found ${found}; ` +
      "--allow-dirty accepts them all the same",
  );
}
