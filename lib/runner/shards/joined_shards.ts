import { listed } from "../../core/text/listed.ts";
import type { Datasets } from "../../engine/engine.ts";
import type { EnsembleRecord, TestRecord } from "../../journal/journal_record.ts";
import type { ComparisonProblem } from "../../report/compare/comparison.ts";
import type { History } from "../../report/files/history_rows.ts";
import { summarize, testFindings } from "../../report/summary/summarize.ts";
import type { Summary, TrialResult } from "../../report/summary/summary.ts";
import { planFindings } from "../plan/load_plan_data.ts";
import type { Plan } from "../plan/plan_run.ts";
import { readResults } from "../results/read_results.ts";
import type { FoundShard } from "./read_shards.ts";
import { differenceOfTwins } from "./twin_shards.ts";

/** The results of all shards of one run. */
export interface Joined {
  readonly plan: Plan;
  readonly datasets: Datasets;
  readonly results: ReadonlyMap<string, TrialResult>;
  readonly history: History;
  /** The folders of the shards; equal records in their journals are ignored. */
  readonly folders: readonly string[];
  /** Whether a leading point has diverged: no shard keeps the weights of the next best point. */
  readonly isRepeated: boolean;
}

/** The results of each trial and its rows of `history.csv`. */
export type JoinedResults = Pick<Joined, "results" | "history">;

/**
 * Joins the results of the shards of one run; a duplicate shard counts once.
 *
 * @returns The results, or why they are not the results of one complete run.
 * @throws {InputError} If a shard's files are damaged.
 */
export async function joinResults(
  shards: readonly FoundShard[],
  { grid }: Plan,
): Promise<JoinedResults | ComparisonProblem> {
  const results = new Map<string, TrialResult>();
  const history = new Map<string, string>();
  const first = new Map<number, FoundShard>();
  for (const shard of shards) {
    const { index } = shard.record.shard;
    const twin = first.get(index);
    if (twin !== undefined) {
      const difference = await differenceOfTwins(twin, shard);
      if (difference !== null) return difference;
      continue;
    }
    first.set(index, shard);
    const found = await readResults(shard.folder);
    const mine = new Set(shard.record.trials);
    for (const result of found?.summary.trials ?? []) {
      if (!mine.has(result.trial) || result.status === "pending") continue;
      results.set(result.trial, result);
      history.set(result.trial, found?.history.get(result.trial) ?? "");
    }
  }
  const unrun = grid.trials.filter(({ id }) => !results.has(id));
  return unrun.length > 0 ? unrunProblem(unrun.map(({ id }) => id)) : { results, history };
}

function unrunProblem(ids: readonly string[]): ComparisonProblem {
  return {
    verdict: "incomplete",
    message: `every trial must have a result, and these have none: ${listed(ids, { most: 3 })}; run their ` +
      "shards to the end",
  };
}

/** Summarizes the joined results, with what was measured on the test split. */
export function summarizeJoined(
  { plan, datasets, results }: Joined,
  { tests, ensemble }: { readonly tests: readonly TestRecord[]; readonly ensemble: EnsembleRecord | null },
): Summary {
  const { loaded, grid, dataDigest } = plan;
  return summarize(loaded.experiment, {
    grid,
    dataDigest,
    results: grid.trials.map(({ id }) => results.get(id)!),
    ...testFindings(new Map(tests.map((test) => [test.trial, test]))),
    ensembleOf: () => ensemble,
    overrides: loaded.overrides,
    ...planFindings(plan, datasets),
  });
}
