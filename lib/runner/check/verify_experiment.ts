import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import type { Engine } from "../../engine/engine.ts";
import { workersEngine } from "../../engine/threads/workers.ts";
import { prepareKernels } from "../../experiment/trial/prepare_kernels.ts";
import type { TrialLog } from "../../journal/trial_log.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import { readStops, readTestedTrials } from "../../report/files/trials_csv.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { readPlanData } from "../plan/load_plan_data.ts";
import { type Plan, planRun } from "../plan/plan_run.ts";
import { standingOf } from "../search/search_standing.ts";
import { reportFiles, reportParts } from "../results/write_report.ts";
import {
  type CommittedFiles,
  differentFiles,
  differentRows,
  readReportFiles,
  textsOf,
} from "./committed_files.ts";
import type { Difference } from "./different_lines.ts";
import { runAgain, testedRepeats } from "./run_again.ts";
import { sampleTrials, shuffleTrials } from "./sample_trials.ts";

export type { Difference };

/** Options of {@link verifyExperiment}. */
export interface VerifyOptions {
  /** Folder with the files to compare, in a folder per experiment. */
  readonly resultsDir: string;
  /** Number of trials to verify, at least 1. Default: all trials and all files. */
  readonly sample?: number;
  /** Seed of the choice and the order of trials. */
  readonly seed: number;
  /** Number of workers of each pass. Default: 1, 2 and 3. */
  readonly workerCounts?: readonly number[];
  /** Makes the engine of a pass. Default: {@link workersEngine}. */
  readonly engine?: (options: { readonly workers: number }) => Engine;
  /** The kernels that compute; all give the same bits. Default: "wasm". */
  readonly kernels?: KernelKind;
  /** See `RunOptions`. */
  readonly cacheDir?: string;
  /** See `RunOptions`. */
  readonly dataDir?: string;
  /** Stops the passes. */
  readonly signal: AbortSignal;
}

/** The result of running the trials again with a number of workers. */
export interface VerifyPass {
  readonly workers: number;
  /** Trials that ran. */
  readonly trials: number;
  /** The differences; empty if every byte is the same. */
  readonly differences: readonly Difference[];
}

/**
 * Runs trials again with one, two and three workers, in shuffled orders, and compares every byte with the committed
 * files. It compares all files, or the rows of a sample of trials, and writes nothing.
 *
 * @returns The passes as they end, or null if a file to compare with is missing.
 * @throws {InputError} If the experiment or its data are not in order.
 */
export async function verifyExperiment(
  loaded: LoadedExperiment,
  options: VerifyOptions,
): Promise<AsyncIterable<VerifyPass> | null> {
  prepareKernels(options.kernels);
  const plan = await planRun(loaded, options);
  const committed = await readReportFiles(plan);
  return committed === null ? null : verifyPasses(plan, { ...options, committed });
}

interface Verification extends VerifyOptions {
  readonly committed: CommittedFiles;
}

async function* verifyPasses(plan: Plan, verification: Verification): AsyncGenerator<VerifyPass> {
  const { seed, sample, committed, workerCounts = [1, 2, 3], engine = workersEngine } = verification;
  const { kernels, signal } = verification;
  const tested = readTestedTrials(committed.get(COMMITTED.trials.name)!);
  const { cacheDir, dataDir: folder } = verification;
  const datasets = await readPlanData(plan, { cacheDir, folder, signal });
  const stops = readStops(committed.get(COMMITTED.trials.name)!);
  const picked = sampleTrials(plan.grid.trials, { trials: sample ?? Infinity, seed });
  // The folds of a repeat are tested together: with one that was tested, the others run too.
  const repeats = testedRepeats(plan.grid, { tested });
  const needed = new Set(picked.flatMap(({ id }) => repeats.get(id) ?? id));
  const first = plan.grid.trials.filter(({ id }) => needed.has(id))
    .map((trial) => stops.has(trial.id) ? { ...trial, stopAfter: stops.get(trial.id) } : trial);
  for (const workers of workerCounts) {
    const ran = new Set<string>();
    const trialsAfter = (log: TrialLog) => {
      const all = sample === undefined ? standingOf(plan, log).due : ran.size === 0 ? first : [];
      for (const { id } of all) ran.add(id);
      return shuffleTrials(all, `${seed}/verify/dispatch/${workers}`);
    };
    const log = await runAgain(plan, {
      trialsAfter,
      datasets,
      engine: engine({ workers }),
      kernels,
      tested,
      signal,
    });
    if (signal.aborted) return;
    const differences = sample === undefined
      ? differentFiles(committed, textsOf(await reportFiles(reportParts(plan, log))))
      : differentRows(committed, { plan, log, trials: picked });
    yield { workers, trials: sample === undefined ? ran.size : picked.length, differences };
  }
}
