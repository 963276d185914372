import { join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { type MetricName, USUAL_METRIC } from "../../core/facts/metric.ts";
import { shownPath } from "../../files/file_problem.ts";
import { isFolder } from "../../files/is_folder.ts";
import { selectedMetric } from "../../report/summary/metric.ts";
import type { FollowedTrial, PastResults, Trend, TrendRow } from "../../report/trend/trend.ts";
import { type Earlier, laterThan, NOTHING_EARLIER, trendRow } from "../../report/trend/trend_row.ts";
import { shallowAdvice } from "../files/git.ts";
import { followTrials } from "./follow_trials.ts";
import { type PastCommit, readPastCommits } from "./past_commits.ts";
import { type PastPlace, readPastResults, readWorkingResults } from "./past_results.ts";

/** A trend, and what a reader of it should know. */
export interface TrendRead {
  readonly trend: Trend;
  /** Why older commits may be missing; null if the history is whole. */
  readonly warning: string | null;
}

/**
 * Reads how the committed results of an experiment moved over the history of git.
 *
 * @param options.trials Beginnings of the ids of trials to follow.
 * @throws {InputError} If there is no history, or a trial is not in it.
 */
export async function readTrend(
  name: string,
  { resultsDir, trials }: { readonly resultsDir: string; readonly trials: readonly string[] },
): Promise<TrendRead> {
  const place = { name, resultsDir };
  const commits = await commitsOf(place);
  const [working, advice] = [await readWorkingResults(place), await shallowAdvice(resultsDir)];
  const followed = await followTrials([...new Set(trials)], {
    name,
    past: newestFirst(commits, { ...place, working }),
  });
  const metric = await newestMetric(commits, { ...place, working });
  const { rows, last } = await committedRows(commits, { ...place, followed, metric });
  const here = working === null ? [] : [trendRow(working, { earlier: last, followed, metric })];
  return {
    trend: { experiment: name, followed, metric, rows: [...rows, ...here] },
    warning: advice === "" ? null : `older commits may be missing${advice}`,
  };
}

async function commitsOf({ name, resultsDir }: PastPlace): Promise<readonly PastCommit[]> {
  const action = `show the trend of ${name}`;
  if (!await isFolder(resultsDir)) {
    throw new InputError(
      `Cannot ${action}: --results must be a folder of results, found none at ${shownPath(resultsDir)}`,
    );
  }
  const answer = await readPastCommits(name, { resultsDir });
  if ("reason" in answer) {
    throw new InputError(
      `Cannot ${action}: git must have the history of ${shownPath(resultsDir)}; git says: ${answer.reason}`,
    );
  }
  if (answer.commits.length > 0) return answer.commits;
  throw new InputError(
    `Cannot ${action}: a commit must have ${shownPath(join(resultsDir, name))}, found none` +
      await shallowAdvice(resultsDir),
  );
}

interface Committed extends PastPlace {
  readonly followed: readonly FollowedTrial[];
  readonly metric: MetricName;
}

interface CommittedRows {
  readonly rows: readonly TrendRow[];
  /** What the working tree is compared with. */
  readonly last: Earlier;
}

/** Compares each commit with the one that it followed, which is the one before it unless branches were merged. */
async function committedRows(
  commits: readonly PastCommit[],
  { followed, metric, ...place }: Committed,
): Promise<CommittedRows> {
  const children = new Map<string | null, number>();
  for (const { parent } of commits) children.set(parent, (children.get(parent) ?? 0) + 1);
  const known = new Map<string | null, Earlier>();
  const rows: TrendRow[] = [];
  let last = NOTHING_EARLIER;
  for await (const past of readPastResults(commits, place)) {
    const { parent, revision } = commits[rows.length];
    const earlier = known.get(parent) ?? NOTHING_EARLIER;
    const row = trendRow(past, { earlier, followed, metric });
    rows.push(row);
    last = laterThan(earlier, { past, row });
    known.set(revision, last);
    // Summaries are large: each is kept until the last commit that follows it was compared with it.
    const left = children.get(parent)! - 1;
    children.set(parent, left);
    if (left === 0) known.delete(parent);
  }
  return { rows, last };
}

/** Returns the metric that decides in the newest results that can be read. */
async function newestMetric(commits: readonly PastCommit[], newest: Newest): Promise<MetricName> {
  for await (const { summary } of newestFirst(commits, newest)) {
    if (summary !== null) return selectedMetric(summary.experiment).name;
  }
  return USUAL_METRIC;
}

interface Newest extends PastPlace {
  readonly working: PastResults | null;
}

async function* newestFirst(
  commits: readonly PastCommit[],
  { working, ...place }: Newest,
): AsyncGenerator<PastResults> {
  if (working !== null) yield working;
  yield* readPastResults(commits.toReversed(), place);
}
