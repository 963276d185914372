import type { DuplicatePoint } from "../../experiment/declaration/grid.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { TrialLog } from "../../journal/trial_log.ts";
import { type AxisFilter, chooseTrials } from "./choose_trials.ts";
import type { LoadedExperiment } from "./load_experiment.ts";
import type { Shard } from "./parse_shard.ts";
import { readPlanJournal } from "./plan_journal.ts";
import { planRun } from "./plan_run.ts";
import { shardTrials } from "./shard.ts";

/** The effect of a run. */
export interface Preview {
  readonly trials: readonly PreviewTrial[];
  readonly duplicates: readonly DuplicatePoint[];
}

/** A trial of the grid, and whether a run would run it. */
export interface PreviewTrial {
  readonly trial: Trial;
  readonly fate: "runs" | "has a result" | "left out";
}

/** Options of {@link previewRun}. */
export interface PreviewOptions {
  readonly resultsDir: string;
  readonly only?: readonly AxisFilter[];
  readonly shard?: Shard;
  readonly fresh?: boolean;
  readonly salvage?: boolean;
}

/** Returns what a run would do; reads the journal, and writes nothing. */
export async function previewRun(loaded: LoadedExperiment, options: PreviewOptions): Promise<Preview> {
  const plan = await planRun(loaded, options);
  const { grid } = plan;
  const { experiment } = loaded;
  const passing = chooseTrials(grid, { only: options.only ?? [], experiment });
  const chosen = new Set(shardTrials(passing, { grid, shard: options.shard }).map(({ id }) => id));
  const log = options.fresh ? new TrialLog() : readPlanJournal(plan, options)?.log ?? new TrialLog();
  const fate = (id: string): PreviewTrial["fate"] =>
    log.hasResult(id) ? "has a result" : chosen.has(id) ? "runs" : "left out";
  return {
    trials: grid.trials.map((trial) => ({ trial, fate: fate(trial.id) })),
    duplicates: grid.duplicates,
  };
}
