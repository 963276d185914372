import type { Results } from "../../report/files/parse_results.ts";
import type { TrialPlace } from "../../report/summary/rank_points.ts";
import { findChange } from "./bisect_change.ts";
import type { BisectContext } from "./bisect_context.ts";
import { type CommitFacts, commitFacts } from "./bisect_git.ts";
import type { RunRequest } from "./bisect_runs.ts";
import { type Mark, markCommit, startSearch } from "./bisect_steps.ts";

/** A commit at which the experiment cannot be run; a plain JSON value. */
export interface SkippedCommit extends CommitFacts {
  readonly reason: string;
}

/** The end of a search. */
export interface SearchEnd {
  /** One commit, or those that cannot be told apart since some were skipped; oldest first. */
  readonly commits: readonly string[];
  readonly skipped: readonly SkippedCommit[];
}

/** Options of {@link searchCommits}. */
export interface SearchOptions extends RunRequest {
  readonly place: TrialPlace;
  /** The results of the same request at the good end. */
  readonly good: Results;
  /** What has run whole, by its commit; the search adds to it unless it is one of fewer epochs. */
  readonly known: Map<string, Results>;
}

/** Finds the first commit at which a trial is no longer as at the good end. */
export async function searchCommits(
  context: BisectContext,
  { good, known, ...request }: SearchOptions,
): Promise<SearchEnd> {
  const { folders: { after }, range, runs, what, observe } = context;
  const skipped: SkippedCommit[] = [];
  let state = await startSearch(after.folder, range);
  while (state.type === "test") {
    const commit = await commitFacts(state.commit, after.folder);
    observe({ type: "testing", commit, left: state.left });
    await after.checkOut(commit.commit);
    const results = await runs.run(after, request);
    const change = "reason" in results ? null : findChange([good, results], { ...request, what });
    const mark: Mark = change === null ? "skip" : change.isChanged ? "bad" : "good";
    const reason = "reason" in results
      ? results.reason
      : change === null
      ? "it has no result to compare"
      : null;
    observe({ type: "tested", commit, mark, reason });
    if (reason !== null) skipped.push({ ...commit, reason });
    else if (request.epochs === undefined && !("reason" in results)) known.set(commit.commit, results);
    state = await markCommit(after.folder, { commit: commit.commit, mark });
  }
  return { commits: state.commits, skipped };
}
