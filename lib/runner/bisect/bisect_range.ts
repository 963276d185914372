import { dirname, relative } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { quoted } from "../../core/text/quoted.ts";
import { shownPath } from "../../files/file_problem.ts";
import { ifThere } from "../../files/if_there.ts";
import { isFolder } from "../../files/is_folder.ts";
import { runGit, shallowAdvice } from "../files/git.ts";
import { realPlace } from "../files/real_place.ts";
import { askGit, type CommitFacts, commitFacts } from "./bisect_git.ts";

/** The commits between which something changed. */
export interface BisectRange {
  /** The folder of the user's worktree. */
  readonly repository: string;
  /** The experiment file as given by the user, for messages. */
  readonly named: string;
  /** The same, relative to that folder, with slashes. */
  readonly file: string;
  readonly good: CommitFacts;
  readonly bad: CommitFacts;
  /** Commits after `good` up to `bad`. */
  readonly commits: number;
}

/** The revisions of a search, as git understands them. */
export interface Revisions {
  readonly good: string;
  readonly bad: string;
}

/**
 * Finds the repository of an experiment file and two commits of it.
 *
 * @throws {InputError} If there is no repository, a revision is unknown, `good` is no ancestor of `bad`, or one of them has no
 * such file.
 */
export async function readRange(file: string, { good, bad }: Revisions): Promise<BisectRange> {
  // A path that the system refuses is in no revision either.
  await ifThere({ action: "load", path: file }, () => Deno.stat(file));
  const repository = await findRepository(file);
  const path = relative(realPlace(repository), realPlace(file)).replaceAll("\\", "/");
  const [first, last] = [
    await findCommit(good, { flag: "good", repository }),
    await findCommit(bad, { flag: "bad", repository }),
  ];
  if (first === last) {
    throw new InputError(
      `Cannot bisect: --good and --bad must be two commits, found ${good} and ${bad}, which are one`,
    );
  }
  await checkOrder({ good, bad }, { first, last, repository });
  for (const [flag, revision, commit] of [["good", good, first], ["bad", bad, last]]) {
    const there = await runGit(["cat-file", "-e", `${commit}:${path}`], { folder: repository });
    if ("text" in there) continue;
    throw new InputError(
      `Cannot bisect: ${shownPath(file)} must be in --${flag} ${shownPath(revision)}, which has no such file`,
    );
  }
  return {
    repository,
    named: shownPath(file),
    file: path,
    good: await commitFacts(first, repository),
    bad: await commitFacts(last, repository),
    commits: Number(await askGit(["rev-list", "--count", `${first}..${last}`], repository)),
  };
}

async function findRepository(file: string): Promise<string> {
  let folder = realPlace(file);
  while (!await isFolder(folder) && folder !== dirname(folder)) folder = dirname(folder);
  const answer = await runGit(["rev-parse", "--show-toplevel"], { folder });
  if ("text" in answer) return answer.text.trimEnd();
  throw new InputError(
    `Cannot bisect: ${shownPath(file)} must lie in a repository of git; git says: ${answer.reason}`,
  );
}

async function findCommit(
  revision: string,
  { flag, repository }: { readonly flag: string; readonly repository: string },
): Promise<string> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
  const answer = await runGit(args, { folder: repository });
  if ("text" in answer) return answer.text.trim();
  throw new InputError(
    `Cannot bisect: --${flag} must be a revision of git, such as HEAD~10, a tag or a hash, found ${
      quoted(revision)
    }${await shallowAdvice(repository)}`,
  );
}

interface Ends {
  readonly first: string;
  readonly last: string;
  readonly repository: string;
}

async function checkOrder({ good, bad }: Revisions, { first, last, repository }: Ends): Promise<void> {
  if (await isAncestor(first, { of: last, repository })) return;
  const must = `--good ${shownPath(good)} must be an ancestor of --bad ${shownPath(bad)}`;
  if (await isAncestor(last, { of: first, repository })) {
    throw new InputError(`Cannot bisect: ${must}, found it the other way round: the two are swapped`);
  }
  throw new InputError(
    `Cannot bisect: ${must}, found two branches; git merge-base names the commit that they share` +
      await shallowAdvice(repository),
  );
}

/** Returns whether a commit is another one, or is among those before it. */
async function isAncestor(
  commit: string,
  { of, repository }: { readonly of: string; readonly repository: string },
): Promise<boolean> {
  return "text" in await runGit(["merge-base", "--is-ancestor", commit, of], { folder: repository });
}
