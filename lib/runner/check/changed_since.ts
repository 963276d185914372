import { join, resolve } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import { runGit, shallowAdvice } from "../files/git.ts";

/** What git says of a folder since a commit. */
export interface ChangedSince {
  /** The merge base: the last commit that the base and HEAD share. */
  readonly commit: string;
  /** Absolute paths that differ from it, in the working tree too; those of removed files are among them. */
  readonly paths: ReadonlySet<string>;
}

/** Returns the value of a variable of the environment. */
export type Environment = (name: string) => string | undefined;

/**
 * Returns what changed in the repository of a folder since it left a base.
 *
 * @param base A commit; by default the branch that a pull or merge request goes to, or the main branch.
 * @throws {InputError} If there is no repository, no such commit, or nothing that it shares with HEAD.
 */
export async function changedSince(
  base: string | undefined,
  { folder, environment }: { readonly folder: string; readonly environment: Environment },
): Promise<ChangedSince> {
  const git = async (...args: readonly string[]): Promise<string> => {
    const answer = await runGit(args, { folder });
    if ("text" in answer) return answer.text;
    throw new InputError(
      `Cannot use --changed: git must know what changed since ${quoted(name)}, found that it says: ` +
        `${answer.reason}${await shallowAdvice(folder)}; --changed=COMMIT names one`,
    );
  };
  let name = base ?? "HEAD";
  const root = (await git("rev-parse", "--show-toplevel")).trimEnd();
  name = base ?? await defaultBase({ folder, environment });
  const commit = (await git("merge-base", "--end-of-options", name, "HEAD")).trim();
  const tracked = await git("diff", "--name-only", "--no-renames", "-z", commit);
  const others = await runGit(["ls-files", "--others", "--exclude-standard", "-z"], { folder: root });
  const names = [...tracked.split("\0"), ..."text" in others ? others.text.split("\0") : []];
  return { commit, paths: new Set(names.filter(Boolean).map((path) => resolve(join(root, path)))) };
}

/** Variables with the branch that a pull or merge request goes to: GitHub's and GitLab's. */
export const TARGET_VARIABLES: readonly string[] = ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"];

const MAIN_BRANCHES = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

async function defaultBase(
  { folder, environment }: { readonly folder: string; readonly environment: Environment },
): Promise<string> {
  const target = TARGET_VARIABLES.map(environment).find(Boolean);
  if (target) return `origin/${target}`;
  for (const branch of MAIN_BRANCHES) {
    const answer = await runGit(["rev-parse", "--verify", "--quiet", `${branch}^{commit}`], { folder });
    if ("text" in answer) return branch;
  }
  throw new InputError(
    `Cannot use --changed: it must name a commit, found none of ${MAIN_BRANCHES.join(", ")}; ` +
      "--changed=COMMIT names one",
  );
}
