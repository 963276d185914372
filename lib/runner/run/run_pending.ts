import type { Datasets } from "../../engine/engine.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import { standingOf } from "../search/search_standing.ts";
import { availableMemory } from "../plan/trial_memory.ts";
import { keepSpecs } from "../plan/trial_specs.ts";
import { LeadingWeights } from "../results/leading_weights.ts";
import { checkMemory } from "./check_memory.ts";
import { checkInjected } from "./choose_fault.ts";
import { kernelsHere, type RunContext } from "./run_context.ts";
import { runTrials, type RunTrialsOptions } from "./run_trials.ts";
import { writeEnvironment } from "./write_environment.ts";

/** What a run did. */
export interface Ran {
  /** Trials that ended or stopped, each once. */
  readonly ended: number;
  /** Whether trials that were due and chosen did not end, since the signal, `maxFailures` or `noNewTrials` stopped the run. */
  readonly isCut: boolean;
  /** Trials that are due and chosen, and are left for a later run by `maxTrials`. */
  readonly left: number;
}

/** Options of {@link runPending}. */
export type RunPendingOptions = Pick<RunTrialsOptions, "onStart">;

/** Runs the pending trials of a run; of a search, one rung after the other. */
export async function runPending(run: RunContext, { onStart }: RunPendingOptions): Promise<Ran> {
  const { plan, pending, isSalvaged, fault, journal, options, left } = run;
  const { workers, dataDir, kernels, signal, availableBytes = availableMemory() } = options;
  // A run that was killed after its last record had no time to remove the weights that lost.
  if (pending.length === 0) await LeadingWeights.open(plan, journal);
  // A given data folder is compared with the data of the results even if nothing is left to run. A salvaged journal
  // may have lost the warnings about the data.
  const needsData = pending.length > 0 || dataDir !== undefined || isSalvaged;
  if (!needsData) return { ended: 0, isCut: false, left };
  const datasets = await run.loadData();
  if (pending.length === 0) return { ended: 0, isCut: false, left };
  checkMemory(pending, { workers, datasets, availableBytes });
  await writeEnvironment(plan, { kernels: await kernelsHere(kernels) });
  await keepSpecs(plan, { trials: pending });
  const ran = await runRungs(run, { datasets, onStart });
  if (!signal.aborted) checkInjected(fault, journal.log);
  return ran;
}

/** Runs a rung after the other; without a search there is one, of all trials. */
async function runRungs(
  run: RunContext,
  { datasets, onStart }: RunPendingOptions & { readonly datasets: Datasets },
): Promise<Ran> {
  const { plan, pending, journal, activity, observe, options } = run;
  const { workers, signal, noNewTrials, maxTrials = Infinity } = options;
  const tally = { ended: new Set<string>(), failed: new Set<string>(), losses: 0 };
  let [batch, { left }]: [readonly Trial[], { readonly left: number }] = [pending, run];
  for (let runs = 0;;) {
    activity.begin({ workers, trials: batch });
    const ended = await runTrials(run, { trials: batch, datasets, tally, onStart });
    runs += ended;
    const isCut = ended < batch.length;
    if (isCut || signal.aborted || plan.loaded.experiment.search === undefined) {
      return { ended: tally.ended.size, isCut, left };
    }
    const due = dueNext(run, { failed: tally.failed });
    batch = due.slice(0, maxTrials - runs);
    left = due.length - batch.length;
    if (batch.length === 0 || noNewTrials?.aborted) {
      return { ended: tally.ended.size, isCut: batch.length > 0, left };
    }
    await keepSpecs(plan, { trials: batch });
    await run.checkpoints.sweep(standingOf(plan, journal.log).log);
    observe({ type: "rung", toRun: batch });
  }
}

function dueNext(
  { plan, journal, chosen }: RunContext,
  { failed }: { readonly failed: ReadonlySet<string> },
): readonly Trial[] {
  const ids = new Set(chosen.map(({ id }) => id));
  const { due } = standingOf(plan, journal.log, { isRetried: (trial) => !failed.has(trial) });
  return due.filter(({ id }) => ids.has(id));
}
