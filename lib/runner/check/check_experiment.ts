import { basename, join } from "node:path";
import { InputError } from "../../core/check/errors.ts";
import { exists } from "../../files/exists.ts";
import { workersEngine } from "../../engine/threads/workers.ts";
import { makeTemporaryFolder } from "../../files/make_temporary_folder.ts";
import { readFolder } from "../../files/read_folder.ts";
import { compareResults } from "../../report/compare/compare_results.ts";
import {
  type Comparison,
  type ComparisonProblem,
  problemComparison,
  type ProblemSubject,
  type Unchecked,
  uncheckedComparison,
} from "../../report/compare/comparison.ts";
import { type GateFlags, resolveGate } from "../../report/compare/gate.ts";
import { selectedMetric } from "../../report/summary/metric.ts";
import type { Results } from "../../report/files/parse_results.ts";
import { COMMITTED } from "../../report/files/result_files.ts";
import { withDataReason } from "../plan/explain_data.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import { type Plan, planRun } from "../plan/plan_run.ts";
import { shardTrials } from "../plan/shard.ts";
import { experimentFiles } from "../results/list_experiments.ts";
import { readResults } from "../results/read_results.ts";
import { runExperiment } from "../run/run_experiment.ts";
import type { RunOptions } from "../run/run_options.ts";
import { sampleTrials } from "./sample_trials.ts";
import type { TrialCache } from "./trial_cache.ts";
import { trustingEngine } from "./trusting_engine.ts";

/** Options of {@link checkExperiment}. */
export interface CheckOptions extends Omit<RunOptions, "only" | "fresh" | "trials" | "engine" | "hasReport"> {
  /** Folder of the baselines, with a folder per experiment; it is never written. */
  readonly resultsDir: string;
  /** Folder of existing results to check, instead of running. Default: all trials run. */
  readonly currentDir?: string;
  /** Folder for the new results. Default: a temporary folder, which is removed. */
  readonly keepDir?: string;
  /** What is accepted, before what the experiment file says. Default: nothing. */
  readonly gate?: GateFlags;
  /** The trials to check. Default: all. */
  readonly sample?: Sample;
  /** Trials that the same code trained before; they are not trained again. Default: none. */
  readonly cache?: TrialCache;
}

/** A choice of trials. */
export interface Sample {
  /** At least 1. */
  readonly trials: number;
  readonly seed: number;
}

/**
 * Runs every trial of an experiment in a separate folder, and compares the results with the baseline.
 *
 * No earlier result is reused, unless a cache is given: a journal has the old bits, and a check needs the current ones.
 *
 * @returns The comparison, or null if it was interrupted.
 * @throws {InputError} If the experiment or its data are invalid.
 */
export async function checkExperiment(
  loaded: LoadedExperiment,
  options: CheckOptions,
): Promise<Comparison | null> {
  checkFlags(loaded, options);
  const plan = await planRun(loaded, options);
  const baseline = await readBaseline(plan);
  if ("verdict" in baseline) return problemComparison(named(loaded, options), baseline);
  const { currentDir, keepDir, noNewTrials } = options;
  const scope = scopeOf(plan, options);
  if (currentDir !== undefined) {
    return await compare(plan, { baseline, current: await readCurrent(plan, currentDir), options, scope });
  }
  if (noNewTrials?.aborted) {
    return uncheckedComparison(named(loaded, options), { trials: null, ...OVER_TIME });
  }
  const folder = keepDir ?? await makeTemporaryFolder({ prefix: "seedbed-check-" });
  try {
    const trusted = new Set<string>();
    const { status } = await runExperiment(loaded, {
      ...options,
      ...engineOf(options, trusted),
      trials: scope.chosen,
      ...scope.isWhole ? {} : { stops: stopsOf(baseline) },
      resultsDir: folder,
      fresh: true,
      hasReport: keepDir !== undefined,
    });
    if (status === "interrupted") return null;
    const current = await readCurrent(plan, folder);
    const comparison = await compare(plan, { baseline, current, options, scope });
    return trusted.size === 0 ? comparison : { ...comparison, trusted: trusted.size };
  } finally {
    if (keepDir === undefined) await Deno.remove(folder, { recursive: true });
  }
}

const OVER_TIME = { cause: "time", reason: "--max-minutes were over" } as const;

/** Returns the engine that takes trials from the cache, if there is one. */
function engineOf(
  { cache, workers, retries, trialTimeoutMs, noNewTrials }: CheckOptions,
  trusted: Set<string>,
): Pick<RunOptions, "engine"> {
  if (cache === undefined) return {};
  const engine = workersEngine({ workers, retries, trialTimeoutMs, noNewTrials });
  return { engine: trustingEngine(engine, { cache, onTrusted: (trial) => trusted.add(trial) }) };
}

/** A part of a search cannot decide where its trials stop; the baseline says so. */
function stopsOf({ summary }: Results): ReadonlyMap<string, number> {
  return new Map(
    summary.trials.flatMap(({ trial, stoppedAfter }) =>
      stoppedAfter === undefined ? [] : [[trial, stoppedAfter]]
    ),
  );
}

/** What of an experiment is to be checked. */
interface Scope {
  /** Ids of the trials. */
  readonly chosen: ReadonlySet<string>;
  /** Whether these are all. */
  readonly isWhole: boolean;
  readonly unchecked: readonly Unchecked[];
}

function scopeOf({ grid }: Plan, { shard, sample }: CheckOptions): Scope {
  const trials = shardTrials(grid.trials, { grid, shard });
  const chosen = sample === undefined ? trials : sampleTrials(trials, sample);
  const left = trials.length - chosen.length;
  return {
    chosen: new Set(chosen.map(({ id }) => id)),
    isWhole: chosen.length === grid.trials.length,
    unchecked: left === 0 ? [] : [{
      trials: left,
      cause: "sample",
      reason: `--sample ${sample?.trials}, --seed ${sample?.seed} picks the same again`,
    }],
  };
}

/** Options of {@link findOrphans}. */
export interface OrphanOptions extends Pick<CheckOptions, "resultsDir" | "gate"> {
  readonly experimentsDir: string;
}

/**
 * Returns a comparison for each baseline whose experiment file is gone.
 *
 * @throws {InputError} If there is no folder of experiments.
 */
export async function findOrphans(
  { experimentsDir, resultsDir, gate }: OrphanOptions,
): Promise<readonly Comparison[]> {
  const names = new Set((await experimentFiles(experimentsDir)).map((file) => basename(file, ".ts")));
  const orphans: string[] = [];
  for await (const { name, isDirectory } of readFolder(resultsDir)) {
    if (isDirectory && !names.has(name) && await exists(join(resultsDir, name, COMMITTED.summary.name))) {
      orphans.push(name);
    }
  }
  return orphans.sort().map((experiment) =>
    problemComparison({ experiment, file: null, gate: resolveGate({}, gate) }, {
      verdict: "obsolete",
      message:
        `there is no ${join(experimentsDir, `${experiment}.ts`)} for ${join(resultsDir, experiment)}; ` +
        "remove the folder, or restore the file",
    })
  );
}

/** How much may differ is a fraction where an accuracy decides. */
function checkFlags({ experiment }: LoadedExperiment, { gate = {} }: CheckOptions): void {
  if (selectedMetric(experiment).format !== "percent") return;
  for (const [flag, otherwise] of [["tolerance", ", or auto"], ["suspicious", ""]] as const) {
    const found = gate[flag];
    if (typeof found !== "number" || found <= 1) continue;
    throw new InputError(
      `Cannot check ${experiment.name}: --${flag} must be a fraction from 0 to 1${otherwise}, found ${found}`,
    );
  }
}

function named({ experiment, file }: LoadedExperiment, { gate }: Pick<CheckOptions, "gate">): ProblemSubject {
  return { experiment: experiment.name, file, gate: resolveGate(experiment.gate, gate, experiment) };
}

/** Returns the baseline of a plan, or what is wrong with it. */
export async function readBaseline({ folder, loaded }: Plan): Promise<Results | ComparisonProblem> {
  const remedy = `deno task baseline ${loaded.file} --reason "…"`;
  try {
    const results = await readResults(folder);
    if (results !== null) return results;
    return { verdict: "new", message: `there is no baseline in ${folder}; ${remedy} makes one` };
  } catch (error) {
    return damageOf(error, folder);
  }
}

function damageOf(error: unknown, folder: string): ComparisonProblem {
  if (!(error instanceof InputError)) throw error;
  return { verdict: "damaged", message: `${error.message}; git checkout ${folder} may restore it` };
}

async function readCurrent({ header }: Plan, folder: string): Promise<Results> {
  const place = join(folder, header.experiment);
  const results = await readResults(place);
  if (results?.summary.experimentDigest === header.experimentDigest) return results;
  throw new InputError(
    `Cannot check ${header.experiment}: ${place} must hold results of the experiment as it is now` +
      (results === null ? "" : ", found those of another version"),
  );
}

interface Sides {
  readonly baseline: Results;
  readonly current: Results;
  readonly options: CheckOptions;
  readonly scope: Scope;
}

async function compare(plan: Plan, { baseline, current, options, scope }: Sides): Promise<Comparison> {
  const { loaded, folder } = plan;
  const isCut = options.noNewTrials?.aborted ?? false;
  const pending = current.summary.trials.filter(({ status, trial }) =>
    isCut && status === "pending" && scope.chosen.has(trial)
  );
  const unrun = new Set(pending.map(({ trial }) => trial));
  const unchecked = [
    ...scope.unchecked,
    ...unrun.size === 0 ? [] : [{ trials: unrun.size, ...OVER_TIME }],
  ];
  const only = scope.isWhole && unrun.size === 0 ? undefined : scope.chosen.difference(unrun);
  try {
    const gate = resolveGate(loaded.experiment.gate, options.gate, loaded.experiment);
    const comparison = compareResults(baseline, { current, gate, only, file: loaded.file });
    const explained = await withDataReason(comparison, { plan, baseline: baseline.summary });
    return unchecked.length === 0 ? explained : { ...explained, unchecked };
  } catch (error) {
    // Rows are parsed only if they differ, so that damage within one is found here.
    return problemComparison(named(loaded, options), damageOf(error, folder));
  }
}
