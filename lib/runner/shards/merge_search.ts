import { join } from "node:path";
import { plannedEpochs } from "../../experiment/trial/planned_epochs.ts";
import { readFolder } from "../../files/read_folder.ts";
import { readIfThere } from "../../files/read_if_there.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import { encodeRecord } from "../../journal/journal_record.ts";
import type { ComparisonProblem } from "../../report/compare/comparison.ts";
import { LOCAL } from "../../report/files/result_files.ts";
import { readPlanJournal } from "../plan/plan_journal.ts";
import type { Plan } from "../plan/plan_run.ts";
import { standingOf } from "../search/search_standing.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import { runExperiment } from "../run/run_experiment.ts";
import type { MergeOptions } from "./merge_options.ts";
import type { FoundShard } from "./read_shards.ts";

/** The result of merging the shards of a search: an outcome, and what its shards run next. */
export type SearchMerge = { readonly outcome: RunOutcome; readonly next: string | null } | ComparisonProblem;

/**
 * Joins the journals of the shards of a search. At its end it tests the winner and writes the report; before, shards go on
 * from the joined journal, a rung at a time.
 *
 * @throws {InputError} If a journal is damaged.
 */
export async function mergeSearch(
  shards: readonly FoundShard[],
  { plan, ...options }: MergeOptions & { readonly plan: Plan },
): Promise<SearchMerge> {
  const lines = new Set<string>();
  for (const { folder } of shards) {
    const text = await readIfThere(join(folder, LOCAL.journal.name));
    if (text === null) {
      const message = `a shard of a search must have its journal, which is not in ${folder}`;
      return { verdict: "incomplete", message };
    }
    // What follows the last line end was being written when a run was killed.
    for (const line of text.split("\n").slice(0, -1)) if (!HEADER.test(line)) lines.add(line);
  }
  const journal = [encodeRecord(plan.header), ...[...lines].map((line) => `${line}\n`)];
  await writeFileWhole(plan.journalPath, journal.join(""));
  await copyWeights(shards, plan);
  const outcome = await runExperiment(plan.loaded, {
    ...options,
    workers: 1,
    trials: new Set(),
    clock: () => 0,
    observe: () => {},
  });
  const { due } = standingOf(plan, readPlanJournal(plan)!.log);
  if (due.length === 0) return { outcome, next: null };
  const epochs = due.reduce((least, trial) => Math.min(least, plannedEpochs(trial)), Infinity);
  const next = `the rung of epoch ${epochs} is next, with ${due.length} trials: copy ${plan.folder} to ` +
    `the results of each shard, and run the shards again`;
  return { outcome: { ...outcome, status: "paused" }, next };
}

/** Each journal has its own headers; the joined one begins with one of its own. */
const HEADER = /^\{"format":\d+,"checksum":"[0-9a-f]+","record":\{[^{]*"type":"header"\}\}$/;

async function copyWeights(shards: readonly FoundShard[], plan: Plan): Promise<void> {
  const into = join(plan.folder, LOCAL.weights.name);
  for (const { folder } of shards) {
    const from = join(folder, LOCAL.weights.name);
    for await (const { name, isFile } of readFolder(from)) {
      if (isFile) await writeFileWhole(join(into, name), await Deno.readFile(join(from, name)));
    }
  }
}
