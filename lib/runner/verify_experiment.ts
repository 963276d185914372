import { join } from "node:path";
import type { KernelKind } from "../core/kernel_kind.ts";
import { openStream, shuffle } from "../core/random.ts";
import { loadDataset } from "../data/load_dataset.ts";
import type { Dataset } from "../data/dataset.ts";
import { type Engine, isTrialEvent } from "../engine/engine.ts";
import { workersEngine } from "../engine/workers.ts";
import { evaluateTrial } from "../experiment/evaluate_trial.ts";
import type { Trial } from "../experiment/trial.ts";
import { TrialLog } from "../journal/trial_log.ts";
import { historyCsv } from "../report/history_csv.ts";
import { readTestedTrials, trialsCsv } from "../report/trials_csv.ts";
import { type Difference, differentLines, rowsOf } from "./different_lines.ts";
import type { LoadedExperiment } from "./load_experiment.ts";
import { type Plan, planRun } from "./plan_run.ts";
import { REPORT_FILES, type ReportFiles, reportFiles, summarizeLog } from "./write_report.ts";

export type { Difference };

/** What to verify, and how. */
export interface VerifyOptions {
  /** Holds a folder an experiment, with the files to compare. */
  readonly resultsDir: string;
  /** Trials that are picked; a whole number of at least 1. Default: all of them, and all files. */
  readonly sample?: number;
  /** Decides which trials are picked, and in what order they are handed out. */
  readonly seed: number;
  /** How many workers, one pass after the other. Default: 1, 2 and 3. */
  readonly workerCounts?: readonly number[];
  /** Makes the engine of a pass. Default: {@link workersEngine}. */
  readonly engine?: (options: { readonly workers: number }) => Engine;
  /** What computes; the bits are the same with each. Default: "wasm". */
  readonly kernels?: KernelKind;
  /** See `RunOptions`. */
  readonly cacheDir?: string;
  /** See `RunOptions`. */
  readonly dataDir?: string;
  /** Stops it. */
  readonly signal: AbortSignal;
}

/** What running the trials once more, with so many workers, came to. */
export interface VerifyPass {
  readonly workers: number;
  /** Trials that ran. */
  readonly trials: number;
  /** What is not the same; empty if every byte is. */
  readonly differences: readonly Difference[];
}

/**
 * Runs trials again with one, two and three workers, in shuffled orders, and compares every byte with the experiment's
 * committed files: all of them, or the rows of a sample of trials. It writes nothing.
 *
 * @returns The passes as they end, or null if a file to compare with is missing.
 * @throws {InputError} If the experiment or its data are not in order.
 */
export async function verifyExperiment(
  loaded: LoadedExperiment,
  options: VerifyOptions,
): Promise<AsyncIterable<VerifyPass> | null> {
  const plan = await planRun(loaded, options);
  const committed = await readReportFiles(plan);
  return committed === null ? null : verifyPasses(plan, { ...options, committed });
}

interface Verification extends VerifyOptions {
  readonly committed: ReportFiles;
}

async function* verifyPasses(plan: Plan, verification: Verification): AsyncGenerator<VerifyPass> {
  const { seed, sample, committed, workerCounts = [1, 2, 3], engine = workersEngine, signal } = verification;
  const { experiment, baseDir } = plan.loaded;
  const { cacheDir, dataDir: folder } = verification;
  const dataset = await loadDataset(experiment.data, { baseDir, cacheDir, folder, signal });
  const picked = shuffled(plan.grid.trials, `${seed}/verify/sample`).slice(0, sample);
  for (const workers of workerCounts) {
    const order = shuffled(picked, `${seed}/verify/dispatch/${workers}`);
    const log = await runAgain(order, { ...verification, dataset, engine: engine({ workers }) });
    if (signal.aborted) return;
    const differences = sample === undefined
      ? differentFiles(committed, reportFiles(plan, log).files)
      : differentRows(committed, { plan, log, trials: picked });
    yield { workers, trials: order.length, differences };
  }
}

interface RunAgain extends Omit<Verification, "engine"> {
  readonly dataset: Dataset;
  readonly engine: Engine;
}

/** Runs trials without a journal; those that were tested meet the test split again. */
async function runAgain(
  trials: readonly Trial[],
  { engine, dataset, kernels, committed, signal }: RunAgain,
): Promise<TrialLog> {
  const log = new TrialLog();
  const tested = readTestedTrials(committed["trials.csv"]);
  const byId = new Map(trials.map((trial) => [trial.id, trial]));
  for await (const { event, weights } of engine(trials, { dataset, kernels, signal })) {
    if (!isTrialEvent(event)) continue;
    log.add(event);
    if (weights === undefined || !tested.has(event.trial)) continue;
    const { testAccuracy } = evaluateTrial(byId.get(event.trial)!, { dataset, kernels, weights });
    log.add({ type: "test", trial: event.trial, testAccuracy });
  }
  return log;
}

function differentFiles(committed: ReportFiles, found: ReportFiles): readonly Difference[] {
  return REPORT_FILES.flatMap((file) =>
    differentLines(committed[file].split("\n"), { found: found[file].split("\n"), file })
  );
}

interface Sample {
  readonly plan: Plan;
  readonly log: TrialLog;
  readonly trials: readonly Trial[];
}

function differentRows(committed: ReportFiles, { plan, log, trials }: Sample): readonly Difference[] {
  const summary = summarizeLog(plan, log);
  // A part of the grid has another winner, or none; the test accuracies are those of the whole grid's.
  const tests = log.testAccuracies();
  const results = summary.trials.map((result) => ({
    ...result,
    testAccuracy: tests.get(result.trial) ?? null,
  }));
  const found = {
    "trials.csv": trialsCsv({ ...summary, trials: results }),
    "history.csv": historyCsv(plan.grid, { events: log.endedEvents() }),
  };
  const ids = new Set(trials.map(({ id }) => id));
  return (["trials.csv", "history.csv"] as const).flatMap((file) =>
    differentLines(rowsOf(committed[file], ids), { found: rowsOf(found[file], ids), file })
  );
}

function shuffled(trials: readonly Trial[], path: string): readonly Trial[] {
  const order = Int32Array.from(trials, (_, i) => i);
  shuffle(order, openStream(path));
  return Array.from(order, (i) => trials[i]);
}

async function readReportFiles({ folder }: Plan): Promise<ReportFiles | null> {
  try {
    const read = async (file: string) => [file, await Deno.readTextFile(join(folder, file))];
    return Object.fromEntries(await Promise.all(REPORT_FILES.map(read)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
