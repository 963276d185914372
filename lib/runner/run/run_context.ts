import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import type { Datasets, Engine } from "../../engine/engine.ts";
import { SpareWorkers } from "../../engine/threads/spare_workers.ts";
import { workersEngine } from "../../engine/threads/workers.ts";
import type { Fault } from "../../experiment/trial/fault.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { Journal } from "../../journal/journal.ts";
import type { DataFindings } from "../../journal/trial_log.ts";
import { chooseTrials } from "../plan/choose_trials.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { loadPlanData, planFindings } from "../plan/load_plan_data.ts";
import { type Plan, planRun } from "../plan/plan_run.ts";
import type { RunEvent } from "../plan/run_event.ts";
import { standingOf } from "../search/search_standing.ts";
import { shardTrials } from "../plan/shard.ts";
import { Activity } from "./activity.ts";
import { Checkpoints } from "./checkpoints.ts";
import { chooseFault } from "./choose_fault.ts";
import { notePlan, noteWarnings } from "./note_plan.ts";
import { openJournal } from "./open_journal.ts";
import type { RunOptions } from "./run_options.ts";

/** The state that the stages of a run share, until it is disposed of. */
export interface RunContext extends AsyncDisposable {
  readonly plan: Plan;
  readonly options: RunOptions;
  /** The trials that the options select: by axis values, by id and by shard. */
  readonly chosen: readonly Trial[];
  /** Chosen trials that have no result yet, and run now; of a search, those of its next rung. */
  readonly pending: readonly Trial[];
  /** Chosen trials that are left for a later run at once. */
  readonly left: number;
  readonly engine: Engine;
  readonly journal: Journal;
  /** Whether the journal lost records to damage, and was repaired. */
  readonly isSalvaged: boolean;
  readonly checkpoints: Checkpoints;
  readonly activity: Activity;
  readonly fault: Fault | undefined;
  /** Reports to `activity.jsonl` and to the observer of the options. */
  readonly observe: (event: RunEvent) => void;
  /** Loads the data sets once, and journals their warnings before any trial has a result. */
  readonly loadData: () => Promise<Datasets>;
}

/**
 * Opens the parts of a run: the plan, the journal, the checkpoints, and workers that load their modules in the
 * meantime.
 *
 * @throws {InputError} If the experiment, the data or the journal is invalid; nothing is written then.
 */
export async function openRun(loaded: LoadedExperiment, options: RunOptions): Promise<RunContext> {
  const { workers, retries, trialTimeoutMs, kernels, only = [], trials, shard, noNewTrials } = options;
  await using opened = new AsyncDisposableStack();
  const spare = opened.use(new SpareWorkers());
  const { engine = workersEngine({ workers, retries, trialTimeoutMs, noNewTrials, spawn: spare.take }) } =
    options;
  // Requested kernels must be available; the fastest are determined while the workers start.
  if (kernels !== undefined) await kernelsHere(kernels);
  const plan = await planRun(loaded, options);
  const { grid } = plan;
  const passing = chooseTrials(grid, { only, experiment: loaded.experiment });
  const chosen = shardTrials(passing, { grid, shard })
    .filter(({ id }) => trials === undefined || trials.has(id));
  const { journal, isSalvaged, isAside } = await openJournal(plan, options);
  opened.use(journal);
  const standing = standingOf(plan, journal.log, { isRetried: () => true });
  const checkpoints = new Checkpoints(plan, { ...options, journal, every: options.checkpointEvery });
  await (options.fresh ? checkpoints.clear() : checkpoints.sweep(standing.log));
  const ids = new Set(chosen.map(({ id }) => id));
  const unfinished = standing.due.filter(({ id }) => ids.has(id));
  const pending = unfinished.slice(0, options.maxTrials);
  const left = unfinished.length - pending.length;
  const fault = chooseFault(plan, { faultEpoch: options.faultEpoch, toRun: pending });
  const activity = opened.use(new Activity(plan));
  const observe = (event: RunEvent) => {
    activity.observe(event);
    options.observe(event);
  };
  if (options.engine === undefined) spare.start({ workers: Math.min(workers, pending.length), kernels });
  await notePlan(plan, { journal, pending, isAside, options: { ...options, observe } });
  const loadData = onceOnly(() => loadJournaled({ plan, journal, options, observe }));
  const parts = { plan, options, chosen, pending, left, engine, journal, isSalvaged, checkpoints, activity };
  const kept = opened.move();
  return { ...parts, fault, observe, loadData, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Returns the kernels that compute here. Their modules are loaded while the threads of the experiment file run. */
export async function kernelsHere(kernels: KernelKind | undefined): Promise<KernelKind> {
  const { prepareKernels } = await import("../../experiment/trial/prepare_kernels.ts");
  return prepareKernels(kernels);
}

async function loadJournaled(
  { plan, journal, options, observe }: Pick<RunContext, "plan" | "journal" | "options" | "observe">,
): Promise<Datasets> {
  const datasets = await loadPlanData(plan, { ...options, observe });
  const findings = planFindings(plan, datasets);
  // Before the first trial, so that no result is without them.
  const hasFindings = ({ warnings, datasets }: DataFindings) => warnings.length > 0 || datasets !== undefined;
  if (hasFindings(findings) || hasFindings(journal.log.findings())) {
    journal.append({ type: "warnings", ...findings });
    await journal.sync();
  }
  noteWarnings(findings.warnings, observe);
  return datasets;
}

/** Returns a function that makes something when it is first called, once. */
export function onceOnly<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => made ??= make();
}
