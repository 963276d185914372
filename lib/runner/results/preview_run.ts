import type { DuplicatePoint, SkippedPoint } from "../../experiment/declaration/grid.ts";
import { type BracketState, plannedBrackets } from "../../experiment/points/rungs.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { exists } from "../../files/exists.ts";
import { TrialLog } from "../../journal/trial_log.ts";
import { trialsByPoint } from "../../report/summary/rank_points.ts";
import { type AxisFilter, chooseTrials } from "../plan/choose_trials.ts";
import { explainPending, freshGroups, type TrialGroup } from "../plan/explain_pending.ts";
import { type ExpectedMemory, expectedMemory } from "../plan/expected_memory.ts";
import type { LoadedExperiment } from "../plan/load_experiment.ts";
import type { Shard } from "../plan/parse_shard.ts";
import { availableMemory } from "../plan/trial_memory.ts";
import { readPlanJournal } from "../plan/plan_journal.ts";
import { planRun } from "../plan/plan_run.ts";
import { standingOf } from "../search/search_standing.ts";
import { shardTrials } from "../plan/shard.ts";
import { readSpecs } from "../plan/trial_specs.ts";
import { expectedTime } from "./timings.ts";

/** The effect of a run. */
export interface Preview {
  readonly trials: readonly PreviewTrial[];
  /** The brackets of a search, with the number of points that come to each rung if none is lost; none without one. */
  readonly brackets: readonly BracketState[];
  readonly duplicates: readonly DuplicatePoint[];
  /** The points that are not run. */
  readonly skipped: readonly SkippedPoint[];
  /** Why trials will run. */
  readonly groups: readonly TrialGroup[];
  /** Threads that will run trials; null if not known, as with a queue. */
  readonly workers: number | null;
  /** About how long the run will take here; null if that is not known. */
  readonly expectedMs: number | null;
  /** How many trials that ran here {@linkcode expectedMs} comes from. */
  readonly timed: number;
  /** About how much memory the run will take; null if that is known only when its data are loaded. */
  readonly memory: ExpectedMemory | null;
  /** Memory that is free here, in bytes; null if not known. */
  readonly availableBytes: number | null;
}

/** A trial of the grid, and whether a run would run it. */
export interface PreviewTrial {
  readonly trial: Trial;
  /** A trial waits that has reached a rung of its search, which is not decided. */
  readonly fate: "runs" | "has a result" | "waits" | "left out";
}

/** Options of {@link previewRun}. */
export interface PreviewOptions {
  readonly resultsDir: string;
  readonly only?: readonly AxisFilter[];
  readonly shard?: Shard;
  readonly maxTrials?: number;
  readonly fresh?: boolean;
  readonly salvage?: boolean;
  /** Threads that will run trials. Default: not known, as with a queue. */
  readonly workers?: number;
  /** Memory for trials; null if not known. Default: the system's available memory. */
  readonly availableBytes?: number | null;
}

/** Returns what a run would do; reads the journal, and writes nothing. */
export async function previewRun(loaded: LoadedExperiment, options: PreviewOptions): Promise<Preview> {
  const plan = await planRun(loaded, options);
  const { grid } = plan;
  const { experiment, baseDir } = loaded;
  const { workers } = options;
  const passing = chooseTrials(grid, { only: options.only ?? [], experiment });
  const chosen = shardTrials(passing, { grid, shard: options.shard });
  const log = options.fresh ? new TrialLog() : readPlanJournal(plan, options)?.log ?? new TrialLog();
  const standing = standingOf(plan, log, { isRetried: () => true });
  const isChosen = new Set(chosen.map(({ id }) => id));
  const pending = standing.due.filter(({ id }) => isChosen.has(id)).slice(0, options.maxTrials);
  const running = new Map(pending.map((trial) => [trial.id, trial]));
  const isDue = new Set(standing.due.map(({ id }) => id));
  const previewOf = (trial: Trial): PreviewTrial => {
    const run = running.get(trial.id);
    if (run !== undefined) return { trial: run, fate: "runs" };
    if (standing.log.hasResult(trial.id)) return { trial, fate: "has a result" };
    return { trial, fate: isDue.has(trial.id) ? "left out" : "waits" };
  };
  const specs = pending.length === 0 ? [] : await readSpecs(plan);
  const time = await expectedTime(plan, { trials: pending, workers, specs });
  return {
    trials: grid.trials.map(previewOf),
    brackets: experiment.search === undefined
      ? []
      : plannedBrackets(trialsByPoint(grid).length, experiment.search),
    duplicates: grid.duplicates,
    skipped: grid.skipped,
    groups: options.fresh && await exists(plan.journalPath)
      ? freshGroups(pending)
      : await explainPending(plan, { log, pending, specs }),
    workers: workers ?? null,
    expectedMs: time?.expectedMs ?? null,
    timed: time?.timed ?? 0,
    memory: await expectedMemory(pending, { workers, baseDir }),
    availableBytes: options.availableBytes === undefined ? availableMemory() : options.availableBytes,
  };
}
