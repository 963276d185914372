import { join, relative } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import type { FieldChange, Parting } from "../../report/compare/comparison.ts";
import type { Results } from "../../report/files/parse_results.ts";
import type { TrialResult } from "../../report/summary/summary.ts";
import type { TrialPlace } from "../../report/summary/rank_points.ts";
import { locateBetween, type Location } from "../check/locate_difference.ts";
import { findChange, type TrialChange } from "./bisect_change.ts";
import type { BisectContext } from "./bisect_context.ts";
import { askGit, type CommitFacts } from "./bisect_git.ts";
import { projectIn } from "./bisect_worktree.ts";

/** What a commit changed, or several that cannot be told apart; a plain JSON value. */
export interface CommitChange {
  readonly before: TrialResult;
  readonly after: TrialResult;
  /** The fields of the declaration, the data and the arithmetic that the commit changed. */
  readonly declared: readonly FieldChange[];
  readonly parting: Parting | null;
  /** Whether the trial is as at the good end before the commit; if not, it is compared with the good end. */
  readonly isFirst: boolean;
  /** Where the replayed runs first differ; null if that is not known. */
  readonly location: Location | null;
  /** Why it is not known, or null. */
  readonly unlocated: string | null;
  /** The commit's files, as git's `--stat` has them, without results. */
  readonly files: string;
}

/** Options of {@link describeChange}. */
export interface DescribeOptions {
  /** The first and the last of the commits. */
  readonly first: CommitFacts;
  readonly last: CommitFacts;
  readonly place: TrialPlace;
  /** What has run whole, by its commit. */
  readonly known: ReadonlyMap<string, Results>;
  /** Whole results at the good end, for a commit whose parent is not as the good end. */
  readonly good: Results;
}

/**
 * Compares the last commit with the parent of the first, both run whole, and locates the first difference.
 *
 * @returns Null if the trial does not differ from the good end.
 */
export async function describeChange(
  context: BisectContext,
  { first, last, place, known, good }: DescribeOptions,
): Promise<CommitChange | null> {
  const { folders: { before, after }, runs, what } = context;
  const parent = await askGit(["rev-parse", `${first.commit}^`], after.folder);
  await before.checkOut(parent);
  await after.checkOut(last.commit);
  const old = known.get(parent) ?? await runs.run(before, { place });
  const now = known.get(last.commit) ?? await runs.run(after, { place });
  if ("reason" in now) return null;
  const isFirst = !("reason" in old) && findChange([good, old], { place, what })?.isChanged === false;
  const change = findChange([isFirst ? old : good, now], { place, what });
  if (change === null || !change.isChanged) return null;
  const { comparison, trial: { baseline, current, parting } } = change;
  return {
    before: baseline!,
    after: current!,
    // Each side was asked for no more than the trial.
    declared: comparison.changes.filter(({ field }) => field !== "overrides"),
    parting,
    isFirst,
    ...isFirst
      ? await locate(change, { context, commit: last })
      : { location: null, unlocated: "the parent of the commit is not as --good" },
    files: await changedFiles(context, { parent, commit: last.commit }),
  };
}

type Located = Pick<CommitChange, "location" | "unlocated">;

async function locate(
  { trial }: TrialChange,
  { context, commit }: { readonly context: BisectContext; readonly commit: CommitFacts },
): Promise<Located> {
  const { folders: { before, after }, range, launcher, signal, observe } = context;
  if (trial.parting === null || trial.parting.weightsEpoch === null) {
    return { location: null, unlocated: "no weights differ" };
  }
  observe({ type: "locating", commit });
  const roots = [await projectIn(before, range.file), await projectIn(after, range.file)] as const;
  if (roots[0] === null || roots[1] === null) return { location: null, unlocated: "a side has no project" };
  const file = relative(roots[1], join(after.folder, range.file));
  try {
    const location = await locateBetween(trial, { roots: [roots[0], roots[1]], file, launcher, signal });
    return { location, unlocated: location === null ? "replayed, both sides are the same" : null };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof InputError)) throw error;
    return { location: null, unlocated: "a side cannot be replayed" };
  }
}

const MOST_FILES = 8;

async function changedFiles(
  { range: { repository } }: BisectContext,
  { parent, commit }: { readonly parent: string; readonly commit: string },
): Promise<string> {
  const stat = [
    "diff",
    "--no-ext-diff",
    "--no-color",
    "--stat=76",
    `--stat-count=${MOST_FILES}`,
    parent,
    commit,
  ];
  const own = await askGit([...stat, "--", ".", ":(exclude,glob)**/results/**"], repository);
  return own === "" ? await askGit(stat, repository) : own;
}
