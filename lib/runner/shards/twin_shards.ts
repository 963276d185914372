import { compareResults } from "../../report/compare/compare_results.ts";
import type { ComparisonProblem } from "../../report/compare/comparison.ts";
import { describeComparison } from "../../report/gate/describe_comparison.ts";
import { readResults } from "../results/read_results.ts";
import type { FoundShard } from "./read_shards.ts";

/** Returns the difference between two runs of one shard, or null if they are the same. */
export async function differenceOfTwins(
  first: FoundShard,
  second: FoundShard,
): Promise<ComparisonProblem | null> {
  const [baseline, current] = await Promise.all([readResults(first.folder), readResults(second.folder)]);
  if (baseline === null || current === null) return null;
  const only = new Set(first.record.trials);
  const comparison = compareResults(baseline, { current, only });
  const finding = describeComparison(comparison).find(({ verdict }) => verdict !== "same");
  if (finding === undefined) return null;
  const { index, count } = first.record.shard;
  return {
    verdict: "contradiction",
    message:
      `shard ${index}/${count} is duplicate, in ${first.folder} and ${second.folder}, and the two differ: ` +
      `${finding.trial}: ${finding.message}`,
  };
}
