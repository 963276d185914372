import { encodeRecord } from "../../journal/journal_record.ts";
import type { ComparisonProblem } from "../../report/compare/comparison.ts";
import { columnsOf } from "../../report/files/history_csv.ts";
import { joinHistories } from "../../report/files/join_histories.ts";
import { curvesOfHistory } from "../../report/story/curve.ts";
import { readPlanData } from "../plan/load_plan_data.ts";
import { planRun } from "../plan/plan_run.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import { writeReportFiles } from "../results/write_report.ts";
import { joinJournals } from "./join_journals.ts";
import type { MergeOptions } from "./merge_options.ts";
import { mergeSearch } from "./merge_search.ts";
import { type Joined, joinResults, summarizeJoined } from "./joined_shards.ts";
import { checkShards, type FoundShard, loadExperimentOfShards } from "./read_shards.ts";
import { testJoined } from "./test_joined.ts";

/** The result of merging the shards of one experiment. */
export type Merge =
  /** With what the shards of a search run next; null at its end, and without a search. */
  | { readonly outcome: RunOutcome; readonly next: string | null }
  | { readonly experiment: string; readonly file: string; readonly problem: ComparisonProblem };

/**
 * Joins the shards of one experiment, tests the winner, and writes the same bytes as a single run.
 *
 * Nothing is written unless all shards are present and agree. A duplicate shard counts once if both are the same;
 * otherwise the promise "same seed, same bits" is broken.
 *
 * @throws {InputError} If a shard's files are damaged, or the experiment is invalid.
 */
export async function mergeShards(shards: readonly FoundShard[], options: MergeOptions): Promise<Merge> {
  const { experiment, file } = shards[0].record;
  const plan = await planRun(await loadExperimentOfShards(shards, options), options);
  const problem = checkShards(shards, plan);
  if (problem !== null) return { experiment, file, problem };
  if (plan.loaded.experiment.search !== undefined) {
    const merged = await mergeSearch(shards, { ...options, plan });
    return "verdict" in merged ? { experiment, file, problem: merged } : merged;
  }
  const found = await joinResults(shards, plan);
  if ("verdict" in found) return { experiment, file, problem: found };
  const { cacheDir, dataDir: folder, signal } = options;
  const datasets = await readPlanData(plan, { cacheDir, folder, signal });
  const folders = shards.map((shard) => shard.folder);
  const joined = { plan, datasets, ...found, folders, isRepeated: false };
  return { outcome: await writeJoined(joined, options), next: null };
}

async function writeJoined(shards: Joined, options: MergeOptions): Promise<RunOutcome> {
  const { tests, inspection, ensemble, diverged, joined } = await testJoined(shards, options);
  const { plan, history, folders } = joined;
  const summary = summarizeJoined(joined, { tests, ensemble });
  const records = [
    ...diverged,
    ...tests,
    ...inspection === null ? [] : [inspection],
    ...ensemble === null ? [] : [ensemble],
  ];
  await joinJournals(plan.journalPath, { folders, end: records.map(encodeRecord).join("") });
  const curves = curvesOfHistory(history, columnsOf(summary.experiment));
  await writeReportFiles(plan.folder, {
    story: { summary, curves, inspection },
    historyParts: joinHistories(plan.grid, { history }),
    ensemble,
  });
  return { status: "complete", summary, folder: plan.folder, ended: 0 };
}
