import { type Datasets, type EngineEvent, isTrialEvent } from "../../engine/engine.ts";
import { availableMemory } from "../plan/trial_memory.ts";
import { keepSpecs } from "../plan/trial_specs.ts";
import { LeadingWeights } from "../results/leading_weights.ts";
import { AfterSync } from "./after_sync.ts";
import { checkMemory } from "./check_memory.ts";
import { checkInjected } from "./choose_fault.ts";
import { kernelsHere, type RunContext } from "./run_context.ts";
import { Timings } from "../results/timings.ts";
import { writeEnvironment } from "./write_environment.ts";

/**
 * Runs the pending trials of a run.
 *
 * @returns The number of trials that ended: not all if the signal or `maxFailures` stopped the run.
 */
export async function runPending(run: RunContext): Promise<number> {
  const { plan, pending, isSalvaged, activity, fault, journal, options } = run;
  const { workers, dataDir, kernels, signal, availableBytes = availableMemory() } = options;
  // A run that was killed after its last record had no time to remove the weights that lost.
  if (pending.length === 0) await LeadingWeights.open(plan, journal);
  // A given data folder is compared with the data of the results even if nothing is left to run. A salvaged journal
  // may have lost the warnings about the data.
  const needsData = pending.length > 0 || dataDir !== undefined || isSalvaged;
  if (!needsData) return 0;
  const datasets = await run.loadData();
  if (pending.length === 0) return 0;
  checkMemory(pending, { workers, datasets, availableBytes });
  await writeEnvironment(plan, { kernels: await kernelsHere(kernels) });
  await keepSpecs(plan, { trials: pending });
  activity.begin({ workers, trials: pending });
  const ended = await runTrials(run, datasets);
  if (!signal.aborted) checkInjected(fault, journal.log);
  return ended;
}

/** Runs the trials in the engine; each event is in the journal on the disk before anyone sees it. */
async function runTrials(run: RunContext, datasets: Datasets): Promise<number> {
  const { plan, pending, engine, journal, checkpoints, fault, options } = run;
  const { kernels, signal, clock, maxFailures = Infinity } = options;
  const leading = await LeadingWeights.open(plan, journal);
  using timings = new Timings(plan, { clock });
  const enough = new AbortController();
  const afterSync = new AfterSync(journal, { onFailure: () => enough.abort() });
  const ended = new Set<string>();
  let failures = 0;
  const events = engine(pending, {
    datasets,
    kernels,
    fault,
    signal: AbortSignal.any([signal, enough.signal]),
    resume: (trial) => checkpoints.read(trial),
    checkpointEvery: (trial) => checkpoints.every(trial),
    kept: () => afterSync.settled(),
  });
  try {
    for await (const step of events) {
      const { event } = step;
      if (event.type === "started") {
        timings.start(event.trial);
        checkpoints.start(event.trial);
      }
      const isNews = isTrialEvent(event) && journal.append(event);
      const isRepeated = event.trial !== null && ended.has(event.trial);
      if (isTrialEvent(event) && event.type !== "epoch") {
        // A failure that equals one of an earlier run is not new to the journal, but ends the trial again.
        if (isRepeated || (!isNews && event.type !== "failed")) continue;
        ended.add(event.trial);
        timings.stop(event.trial);
        if (event.type !== "done") failures += 1;
      }
      afterSync.do(() => applyEvent(step, { ...run, leading, timings, isRepeated }));
      if (failures >= maxFailures) enough.abort();
    }
  } finally {
    await afterSync.settled();
  }
  return ended.size;
}

/** The effects of an event besides the journal. */
interface Effects extends Pick<RunContext, "checkpoints" | "observe"> {
  readonly leading: LeadingWeights;
  readonly timings: Timings;
  /** Whether the trial of the event had ended before. */
  readonly isRepeated: boolean;
}

/** Applies the effects of an event that is on the disk, and reports it. */
async function applyEvent(
  { event, worker, machine, weights, checkpoint }: EngineEvent,
  { checkpoints, observe, leading, timings, isRepeated }: Effects,
): Promise<void> {
  if (event.type === "started") {
    observe({ type: "started", trial: event.trial, worker, machine });
  } else if (event.type === "remark") {
    observe({ type: "note", message: event.message });
  } else if (event.type === "lost") {
    observe({ type: "note", message: `Trial ${event.trial} is run again: ${event.reason}.` });
  } else if (event.type === "epoch") {
    if (checkpoint && !isRepeated) await checkpoints.write(event.trial, checkpoint);
    observe({ type: "epoch", event, worker, machine });
  } else {
    timings.end(event.trial, { worker });
    await leading.end(event.trial, weights);
    // A failed trial keeps its checkpoint: the next run resumes from it.
    if (event.type !== "failed") await checkpoints.remove(event.trial);
    observe({ type: "ended", event, worker, machine });
  }
}
