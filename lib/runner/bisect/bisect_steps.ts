import { InputError } from "../../core/check/errors.ts";
import { runGit } from "../files/git.ts";
import { askGit, type CommitFacts } from "./bisect_git.ts";

/** Where a search is. */
export type SearchState =
  /** The commit is to be tested; `left` counts those that may be the first changed one. */
  | { readonly type: "test"; readonly commit: string; readonly left: number }
  /** The first changed commits: one, or those that cannot be told apart since commits were skipped. */
  | { readonly type: "end"; readonly commits: readonly string[] };

/** What a test says of a commit: `bad` if it has changed, `skip` if it cannot be tested. */
export type Mark = "good" | "bad" | "skip";

/**
 * Starts git's own search in a worktree, where its state is kept apart from the user's; nothing is checked out.
 *
 * An earlier search in this worktree ends.
 */
export async function startSearch(
  folder: string,
  { good, bad }: { readonly good: CommitFacts; readonly bad: CommitFacts },
): Promise<SearchState> {
  await askGit(["bisect", "start", "--no-checkout", bad.commit, good.commit], folder);
  return await searchState(folder);
}

/** Marks a commit for git, and returns where the search is then. */
export async function markCommit(
  folder: string,
  { commit, mark }: { readonly commit: string; readonly mark: Mark },
): Promise<SearchState> {
  // It fails, among other reasons, when only skipped commits are left.
  const answer = await runGit(["bisect", mark, commit], { folder });
  const state = await searchState(folder);
  if ("text" in answer || state.type === "end") return state;
  throw new InputError(`Cannot bisect: git bisect ${mark} must succeed, found ${answer.reason}`);
}

async function searchState(folder: string): Promise<SearchState> {
  // The log is in no language of the user.
  const log = await askGit(["bisect", "log"], folder);
  const commits = [...log.matchAll(/^# (?:possible )?first bad commit: \[([0-9a-f]+)\]/gm)]
    .map(([, commit]) => commit);
  // git lists the last ones first.
  if (commits.length > 0) return { type: "end", commits: commits.reverse() };
  const vars = await askGit(["rev-list", "--bisect-vars", "--bisect"], folder);
  return {
    type: "test",
    commit: await askGit(["rev-parse", "BISECT_HEAD"], folder),
    left: Number(/^bisect_all=(\d+)$/m.exec(vars)?.[1] ?? 0),
  };
}
