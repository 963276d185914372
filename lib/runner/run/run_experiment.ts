import type { Warning } from "../../core/check/warning.ts";
import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import { dataWarnings } from "../../data/split_warnings.ts";
import type { Engine } from "../../engine/engine.ts";
import { SpareWorkers } from "../../engine/threads/spare_workers.ts";
import { workersEngine } from "../../engine/threads/workers.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { Journal } from "../../journal/journal.ts";
import { netWarnings } from "../../report/summary/net_warnings.ts";
import { type AxisFilter, chooseTrials } from "../plan/choose_trials.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { loadPlanData } from "../plan/load_plan_data.ts";
import { type Plan, planRun } from "../plan/plan_run.ts";
import type { RunEvent } from "../plan/run_event.ts";
import { type Shard, shardTrials, writeShard } from "../plan/shard.ts";
import { keepSpecs } from "../plan/trial_specs.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import { Activity } from "./activity.ts";
import { availableMemory, checkMemory } from "./check_memory.ts";
import { Checkpoints } from "./checkpoints.ts";
import { checkInjected, chooseFault } from "./choose_fault.ts";
import { openJournal } from "./open_journal.ts";
import { runTrials } from "./run_trials.ts";
import type { Clock } from "./timings.ts";
import { writeEnvironment } from "./write_environment.ts";

/** How to run an experiment. */
export interface RunOptions {
  /** Threads that run trials, at least 1. */
  readonly workers: number;
  /** What computes; the bits are the same with each. Default: "wasm". */
  readonly kernels?: KernelKind;
  /** Runs the trials. Default: {@link workersEngine} with these threads. */
  readonly engine?: Engine;
  /** Holds a folder an experiment. */
  readonly resultsDir: string;
  /** Holds decoded data sets. Default: the user's cache folder. */
  readonly cacheDir?: string;
  /** Holds a data set's official files, for use without a network. Default: they are fetched. */
  readonly dataDir?: string;
  /** Runs only the points that pass. Default: all. */
  readonly only?: readonly AxisFilter[];
  /** Runs a part of the grid's trials, to be merged with the others. Default: all. */
  readonly shard?: Shard;
  /** Sets the journal aside first, so that every trial runs again. Default: false. */
  readonly fresh?: boolean;
  /** Puts in the place of a damaged journal what is whole in it, so that the rest runs again. Default: false. */
  readonly salvage?: boolean;
  /** Stops once so many trials of this run have failed or diverged, at least 1. Default: never. */
  readonly maxFailures?: number;
  /** Epochs between two checkpoints of a trial, at least 1. Default: see {@link CheckpointsOptions}. */
  readonly checkpointEvery?: number;
  /** How often a trial whose worker was lost is run again, from 0. Default: 1. */
  readonly retries?: number;
  /** How long a trial may run before it has failed. Default: as long as it likes. */
  readonly trialTimeoutMs?: number;
  /** Memory for trials; null if it is not known. Default: what the system says. */
  readonly availableBytes?: number | null;
  /** Turns a bit of a weight over before this epoch of the grid's first trial, to see what notices. Default: never. */
  readonly faultEpoch?: number;
  /** Stops the run; what has ended is kept. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly observe: (event: RunEvent) => void;
}

/**
 * Runs the trials of an experiment that have no result yet, tests the winner and writes the report.
 *
 * An interrupted run writes no report, so that it never leaves half of one over a whole one.
 *
 * @throws {InputError} If the experiment, the data or the journal is not in order; nothing is written then.
 * @throws {BrokenPromiseError} If a trial gave other values than before.
 */
export async function runExperiment(loaded: LoadedExperiment, options: RunOptions): Promise<RunOutcome> {
  const { workers, retries, trialTimeoutMs, kernels, signal, observe } = options;
  using spare = new SpareWorkers();
  const { engine = workersEngine({ workers, retries, trialTimeoutMs, spawn: spare.take }) } = options;
  // Kernels that were asked for must be there; which are the best is looked up while the workers start.
  if (kernels !== undefined) await kernelsHere(kernels);
  const plan = await planRun(loaded, options);
  const chosen = shardTrials(
    chooseTrials(plan.grid, { only: options.only ?? [], experiment: loaded.experiment }),
    { grid: plan.grid, shard: options.shard },
  );
  const { journal: opened, isSalvaged } = await openJournal(plan, options);
  await using journal = opened;
  const checkpoints = new Checkpoints(plan, { ...options, journal, every: options.checkpointEvery });
  await (options.fresh ? checkpoints.clear() : checkpoints.sweep());
  const toRun = chosen.filter(({ id }) => !journal.log.hasResult(id));
  const fault = chooseFault(plan, { faultEpoch: options.faultEpoch, toRun });
  tellPlan(plan, { journal, toRun, observe });
  if (options.engine === undefined) {
    spare.start({ workers: Math.min(workers, toRun.length), kernels });
  }
  const loadData = onceOnly(async () => {
    const dataset = await loadPlanData(plan, options);
    const warnings = dataWarnings(dataset);
    // Before the first trial, so that no result stands without them.
    if (warnings.length > 0 || journal.log.warnings().length > 0) {
      journal.append({ type: "warnings", warnings });
      await journal.sync();
    }
    tellWarnings(warnings, observe);
    return dataset;
  });
  let ended = 0;
  using activity = new Activity(plan);
  const observeAll = (event: RunEvent) => {
    activity.observe(event);
    observe(event);
  };
  try {
    // A folder of data that is given is held against the data of the results, also where nothing is left to run. What
    // is odd about the data may be among what a journal lost.
    const needsData = toRun.length > 0 || options.dataDir !== undefined || isSalvaged;
    const dataset = needsData ? await loadData() : null;
    if (toRun.length > 0 && dataset !== null) {
      const { availableBytes = availableMemory() } = options;
      checkMemory(toRun, { workers, dataset, availableBytes });
      await writeEnvironment(plan, { kernels: await kernelsHere(kernels) });
      await keepSpecs(plan, { trials: toRun });
      activity.begin({ workers, trials: toRun });
      const run = { ...options, engine, plan, journal, checkpoints, dataset, fault, observe: observeAll };
      ended = await runTrials(toRun, run);
      if (!signal.aborted) checkInjected(fault, journal.log);
    }
    // What follows the trials is loaded behind them: no first trial waits for it.
    const { testWinner } = await import("./test_winner.ts");
    await testWinner(plan, { journal, loadData, engine, kernels, signal, observe: observeAll });
  } catch (error) {
    if (!isAbort(error, signal)) throw error;
  }
  const { folder } = plan;
  const { summarizeLog, writeReport } = await import("../results/write_report.ts");
  if (signal.aborted) {
    activity.close("interrupted");
    return { status: "interrupted", summary: summarizeLog(plan, journal.log), folder, ended };
  }
  const summary = await writeReport(plan, journal.log);
  if (options.shard !== undefined) await writeShard(plan, { shard: options.shard, trials: chosen });
  const status = ended < toRun.length ? "stopped" : "complete";
  activity.close(status);
  return { status, summary, folder, ended };
}

interface Telling {
  readonly journal: Journal;
  readonly toRun: readonly Trial[];
  readonly observe: RunOptions["observe"];
}

function tellPlan({ grid, loaded }: Plan, { journal, toRun, observe }: Telling): void {
  if (journal.tornBytes > 0) {
    observe({
      type: "note",
      message: `The journal ended in a half-written record of ${journal.tornBytes} bytes, which was cut off.`,
    });
  }
  const ids = new Set(grid.trials.map(({ id }) => id));
  const others = journal.log.trialsWithResult().filter((id) => !ids.has(id)).length;
  if (others > 0) {
    observe({
      type: "note",
      message: `${others} of the journal's trials are not in this grid; they are kept and left out.`,
    });
  }
  tellWarnings(netWarnings(grid.trials), observe);
  observe({
    type: "planned",
    experiment: loaded.experiment.name,
    trials: grid.trials.length,
    finished: grid.trials.filter(({ id }) => journal.log.hasResult(id)).length,
    toRun,
  });
}

function tellWarnings(warnings: readonly Warning[], observe: RunOptions["observe"]): void {
  for (const { where, message } of warnings) {
    observe({ type: "note", message: `Warning: ${where}: ${message}.` });
  }
}

function onceOnly<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => made ??= make();
}

/** Its modules are loaded when they are asked for, beside the threads of the experiment file. */
async function kernelsHere(kernels: KernelKind | undefined): Promise<KernelKind> {
  const { prepareKernels } = await import("../../experiment/trial/prepare_kernels.ts");
  return prepareKernels(kernels);
}

/** Tells whether an error is what a signal's abort makes of what was under way. */
export function isAbort(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted &&
    (error === signal.reason || (error instanceof Error && error.name === "AbortError"));
}
