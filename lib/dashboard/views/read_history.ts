import { readPastCommits } from "../../runner/history/past_commits.ts";
import { readPastResults } from "../../runner/history/past_results.ts";
import type { PastResults } from "../../report/trend/trend.ts";

const MOST_REVISIONS = 30;

/** Reads the results of an experiment at the newest commits that changed its summary, newest first; none without git. */
export async function readHistory(
  name: string,
  { resultsDir }: { readonly resultsDir: string },
): Promise<readonly PastResults[]> {
  const answer = await readPastCommits(name, { resultsDir });
  if ("reason" in answer) return [];
  const changing = answer.commits.filter(({ summary }, at) =>
    summary !== (answer.commits[at - 1]?.summary ?? null)
  );
  const past = await Array.fromAsync(
    readPastResults(changing.slice(-MOST_REVISIONS), { name, resultsDir }),
  );
  return past.reverse();
}
