import { InputError } from "../../core/check/errors.ts";
import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import { loadDataset } from "../../data/load_dataset.ts";
import { dataWarnings } from "../../data/split_warnings.ts";
import { workersEngine } from "../../engine/threads/workers.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { DivergedEvent } from "../../experiment/trial/trial_event.ts";
import { writeFileWhole } from "../../files/write_file_whole.ts";
import { encodeRecord, type InspectionRecord, type TestRecord } from "../../journal/journal_record.ts";
import type { ComparisonProblem } from "../../report/compare/comparison.ts";
import type { History } from "../../report/files/history_rows.ts";
import { joinHistories } from "../../report/files/join_histories.ts";
import { curvesOfHistory } from "../../report/story/curve.ts";
import { summarize } from "../../report/summary/summarize.ts";
import type { Summary, TrialResult } from "../../report/summary/summary.ts";
import { type Plan, planRun } from "../plan/plan_run.ts";
import { readWeights, weightsPath } from "../results/leading_weights.ts";
import { readResults } from "../results/read_results.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import { bestTrial, inspectionRecord, testRecord } from "../results/test_records.ts";
import { writeReportFiles } from "../results/write_report.ts";
import { trainAgain } from "../run/train_again.ts";
import { joinJournals } from "./join_journals.ts";
import { checkShards, type FoundShard, loadExperimentOfShards } from "./read_shards.ts";
import { differenceOfTwins } from "./twin_shards.ts";

/** Where the joined results go, and what testing the winner takes. */
export interface MergeOptions {
  readonly resultsDir: string;
  readonly kernels?: KernelKind;
  readonly cacheDir?: string;
  readonly dataDir?: string;
  /** Lets the experiment file do whatever this process may. Default: false. */
  readonly isTrusted?: boolean;
  readonly signal: AbortSignal;
}

/** What joining the shards of one experiment came to. */
export type Merge =
  | { readonly outcome: RunOutcome }
  | { readonly experiment: string; readonly file: string; readonly problem: ComparisonProblem };

/**
 * Joins the shards of one experiment, tests the winner, and writes what one run would have written, to the byte.
 *
 * Nothing is written unless all shards are there and agree. A shard that is there twice counts once if both are the
 * same; if they are not, the promise "same seed, same bits" is broken.
 *
 * @throws {InputError} If a shard's files are damaged, or the experiment is not in order.
 */
export async function mergeShards(shards: readonly FoundShard[], options: MergeOptions): Promise<Merge> {
  const { experiment, file } = shards[0].record;
  const plan = await planRun(await loadExperimentOfShards(shards, options), options);
  const problem = checkShards(shards, plan);
  if (problem !== null) return { experiment, file, problem };
  const results = new Map<string, TrialResult>();
  const history = new Map<string, string>();
  const first = new Map<number, FoundShard>();
  for (const shard of shards) {
    const { index } = shard.record.shard;
    const twin = first.get(index);
    if (twin !== undefined) {
      const difference = await differenceOfTwins(twin, shard);
      if (difference !== null) return { experiment, file, problem: difference };
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
  const unrun = plan.grid.trials.filter(({ id }) => !results.has(id));
  if (unrun.length > 0) return { experiment, file, problem: unrunProblem(unrun.map(({ id }) => id)) };
  const { experiment: { data }, baseDir } = plan.loaded;
  const { cacheDir, dataDir: folder, signal } = options;
  const dataset = await loadDataset(data, { baseDir, cacheDir, folder, signal });
  const joined = {
    plan,
    dataset,
    results,
    history,
    folders: shards.map(({ folder }) => folder),
    isRepeated: false,
  };
  return { outcome: await writeJoined(joined, options) };
}

function unrunProblem(ids: readonly string[]): ComparisonProblem {
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : "";
  return {
    verdict: "incomplete",
    message:
      `every trial must have a result, and these have none: ${
        ids.slice(0, 3).join(", ")
      }${more}; run their ` +
      "shards to the end",
  };
}

interface Joined {
  readonly plan: Plan;
  readonly dataset: Dataset;
  readonly results: ReadonlyMap<string, TrialResult>;
  readonly history: History;
  /** Those of the shards; equal records in two of their journals collapse. */
  readonly folders: readonly string[];
  /** Whether a point that led has diverged: no shard keeps the weights of the next best. */
  readonly isRepeated: boolean;
}

async function writeJoined(shards: Joined, options: MergeOptions): Promise<RunOutcome> {
  const { tests, inspection, diverged, joined } = await testJoined(shards, options);
  const { plan, history, folders } = joined;
  const summary = summarizeJoined(
    joined,
    new Map(tests.map(({ trial, testAccuracy }) => [trial, testAccuracy])),
  );
  const records = [...diverged, ...tests, ...inspection === null ? [] : [inspection]];
  await joinJournals(plan.journalPath, { folders, end: records.map(encodeRecord).join("") });
  const curves = curvesOfHistory(history);
  await writeReportFiles(plan.folder, {
    story: { summary, curves, inspection },
    historyParts: joinHistories(plan.grid, { history }),
  });
  return { status: "complete", summary, folder: plan.folder, ended: 0 };
}

function summarizeJoined(
  { plan: { loaded, grid, dataDigest }, dataset, results }: Joined,
  testAccuracies: ReadonlyMap<string, number>,
): Summary {
  return summarize(loaded.experiment, {
    grid,
    dataDigest,
    results: grid.trials.map(({ id }) => results.get(id)!),
    testAccuracies,
    overrides: loaded.overrides,
    warnings: dataWarnings(dataset),
  });
}

/** What testing the winner found. */
interface Tested {
  readonly tests: readonly TestRecord[];
  readonly inspection: InspectionRecord | null;
  /** Trials that led and diverged on the test split. */
  readonly diverged: readonly DivergedEvent[];
  /** What was joined, those trials told as diverged. */
  readonly joined: Joined;
}

/**
 * Opens the test split for the winner of the whole grid, with the weights that its shards have kept; like `testWinner`,
 * it goes on to the next best point if one diverges there.
 */
async function testJoined(joined: Joined, options: MergeOptions): Promise<Tested> {
  const { plan, dataset, results } = joined;
  const { winner } = summarizeJoined(joined, new Map());
  if (winner === null) return { tests: [], inspection: null, diverged: [], joined };
  const { kernels } = options;
  const tests: TestRecord[] = [];
  const diverged: DivergedEvent[] = [];
  let inspection: InspectionRecord | null = null;
  const best = bestTrial(winner);
  for (const id of winner.trials) {
    const { weightsSha256, bestEpoch } = results.get(id)!;
    const trial = plan.grid.trials.find((candidate) => candidate.id === id)!;
    const weights = await findWeights(joined, { trial, weightsSha256: weightsSha256!, options });
    await writeFileWhole(weightsPath(plan, id), weights);
    const record = testRecord(trial, { dataset, kernels, weights, bestEpoch: bestEpoch! });
    if (record.type === "diverged") diverged.push(record);
    else {
      tests.push(record);
      if (id === best) inspection = inspectionRecord(trial, { dataset, kernels, weights });
    }
  }
  if (diverged.length === 0) return { tests, inspection, diverged, joined };
  const rest = await testJoined(withoutDiverged(joined, diverged), options);
  return { ...rest, tests: [...tests, ...rest.tests], diverged: [...diverged, ...rest.diverged] };
}

function withoutDiverged(joined: Joined, diverged: readonly DivergedEvent[]): Joined {
  const results = new Map(joined.results);
  const nothing = { bestEpoch: null, bestValidationAccuracy: null, weightsSha256: null };
  for (const { trial, reason } of diverged) {
    results.set(trial, { ...results.get(trial)!, ...nothing, status: "diverged", reason });
  }
  return { ...joined, results, isRepeated: true };
}

interface FindWeights {
  readonly trial: Trial;
  readonly weightsSha256: string;
  readonly options: MergeOptions;
}

async function findWeights(
  { folders, dataset, isRepeated }: Joined,
  { trial, weightsSha256, options }: FindWeights,
): Promise<Uint8Array> {
  for (const folder of folders) {
    const weights = await readWeights({ folder }, { trial: trial.id, weightsSha256 });
    if (weights !== null) return weights;
  }
  if (isRepeated) {
    const { kernels, signal } = options;
    return await trainAgain(trial, {
      engine: workersEngine({ workers: 1 }),
      dataset,
      kernels,
      signal,
      hear: () => {},
    });
  }
  throw new InputError(
    `Cannot test the winner ${trial.id}: its shard must bring its weights, which are not in ${
      folders.join(", ")
    }; ` +
      "keep the folder weights beside summary.json",
  );
}
