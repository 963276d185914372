import { dirname, resolve } from "node:path";
import { InputError } from "../../core/check/errors.ts";

/** The output of git, or its message if it failed. */
export type GitAnswer = { readonly text: string } | { readonly reason: string };

const LONGEST_REASON = 400;

/** Runs git in a folder. */
export async function runGit(
  args: readonly string[],
  { folder }: { readonly folder: string },
): Promise<GitAnswer> {
  try {
    const { success, stdout, stderr } = await new Deno.Command("git", {
      args: [...args],
      cwd: folder,
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return success ? { text: decoder.decode(stdout) } : { reason: reasonOf(decoder.decode(stderr)) };
  } catch (error) {
    // A command is permitted to start only programs that are installed.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) {
      return { reason: "there is no git on this machine" };
    }
    throw error;
  }
}

/** Returns git's message as one line. */
function reasonOf(output: string): string {
  const line = output.replace(/^(fatal|error): /gm, "").trim().replace(/\s+/g, " ");
  return line.length <= LONGEST_REASON ? line : `${line.slice(0, LONGEST_REASON)}...`;
}

/** Returns the remedy for a shallow clone as the end of a message; "" if the clone is complete. */
export async function shallowAdvice(folder: string): Promise<string> {
  const answer = await runGit(["rev-parse", "--is-shallow-repository"], { folder });
  const isShallow = "text" in answer && answer.text.trim() === "true";
  return isShallow ? "; the clone is shallow, and git fetch --unshallow brings the rest of it" : "";
}

/**
 * Checks that a file is committed and unchanged.
 *
 * @throws {InputError} If it is not committed, was changed since, or git failed.
 */
export async function checkCommitted(file: string): Promise<void> {
  const path = resolve(file);
  const status = await runGit(["status", "--porcelain", "--ignored", "--", path], { folder: dirname(path) });
  if ("text" in status && status.text === "") return;
  const found = "reason" in status
    ? `that git says: ${status.reason}`
    : status.text.startsWith("??")
    ? "a file that git does not know"
    : status.text.startsWith("!!")
    ? "a file that git ignores"
    : "changes";
  throw new InputError(
    `Cannot accept results of ${file}: it must be committed, so that they can be traced to it, found ${found}; ` +
      "--allow-dirty accepts them anyway",
  );
}
