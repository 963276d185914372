import { basename, dirname, resolve } from "node:path";
import { readChangedFiles } from "../../runner/files/changed_files.ts";
import { runGit } from "../../runner/files/git.ts";
import { COMMITTED } from "../../report/files/result_files.ts";

/** What git knows of an experiment. */
export interface GitFacts {
  /** Whether git has its results as they are. */
  readonly isInGit: boolean;
  /** Whether its file was changed after its results: in the working tree, or by a later commit. */
  readonly isEdited: boolean;
}

/** Returns what git knows of an experiment of a name. */
export type GitFactsOf = (experiment: string) => GitFacts;

const UNKNOWN: GitFacts = { isInGit: false, isEdited: false };
const MOST_COMMITS = "500";
const EXPERIMENTS = "experiments";

/**
 * Asks git about all experiments at once. Nothing of a user runs here, so that an edit which decides no result, such as
 * that of a comment, counts too.
 */
export async function readGitFacts(resultsDir: string): Promise<GitFactsOf> {
  const changed = await readChangedFiles(resultsDir);
  if (changed === null) return () => UNKNOWN;
  const root = dirname(resolve(resultsDir));
  const results = basename(resolve(resultsDir));
  const [history, status] = await Promise.all([
    runGit([
      "log",
      "-n",
      MOST_COMMITS,
      "--format=%x00",
      "--name-only",
      "--relative",
      "--",
      EXPERIMENTS,
      results,
    ], {
      folder: root,
    }),
    runGit(["--no-optional-locks", "status", "--porcelain", "--no-renames", "--", `${EXPERIMENTS}/`], {
      folder: root,
    }),
  ]);
  const newest = newestCommits("text" in history ? history.text : "");
  const dirty = "text" in status ? status.text.split("\n").map((line) => basename(line.slice(3))) : [];
  return (experiment) => {
    const files = changed(experiment);
    const file = newest.get(`${EXPERIMENTS}/${experiment}.ts`);
    const summary = newest.get(`${results}/${experiment}/${COMMITTED.summary.name}`);
    return {
      isInGit: files !== null && files.length === 0,
      // Commits are numbered from the newest one on.
      isEdited: dirty.includes(`${experiment}.ts`) ||
        (file !== undefined && summary !== undefined && file < summary),
    };
  };
}

/** Returns the number of the newest commit that changed each path, 1 for the last one. */
function newestCommits(log: string): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  log.split("\0").forEach((commit, number) => {
    for (const path of commit.split("\n")) if (path !== "" && !newest.has(path)) newest.set(path, number);
  });
  return newest;
}
