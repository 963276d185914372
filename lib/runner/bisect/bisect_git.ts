import { InputError } from "../../core/check/errors.ts";
import { runGit } from "../files/git.ts";

// Hooks of the user are for the user's own worktree, and paths are for readers.
const SETTINGS = ["-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"];

/**
 * Runs git in a folder, without the hooks of its repository, and returns what it wrote.
 *
 * @throws {InputError} With git's message if it fails.
 */
export async function askGit(args: readonly string[], folder: string): Promise<string> {
  const answer = await runGit([...SETTINGS, ...args], { folder });
  if ("text" in answer) return answer.text.trimEnd();
  throw new InputError(`Cannot bisect: git ${args[0]} must succeed in ${folder}, found ${answer.reason}`);
}

/** A commit, for readers; a plain JSON value. */
export interface CommitFacts {
  /** Its whole hash. */
  readonly commit: string;
  /** The day and time of its author, as ISO 8601. */
  readonly date: string;
  /** Name and address. */
  readonly author: string;
  readonly subject: string;
}

/** Returns what is shown of a commit. */
export async function commitFacts(commit: string, folder: string): Promise<CommitFacts> {
  const text = await askGit(["show", "--no-patch", "--format=%aI%x00%an <%ae>%x00%s", commit], folder);
  const [date, author, subject] = text.split("\0");
  return { commit, date, author, subject };
}
