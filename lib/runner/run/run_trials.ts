import type { KernelKind } from "../../core/facts/kernel_kind.ts";
import type { Dataset } from "../../data/base/dataset.ts";
import { type Engine, type EngineEvent, isTrialEvent } from "../../engine/engine.ts";
import type { Fault } from "../../experiment/trial/fault.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { Journal } from "../../journal/journal.ts";
import type { Plan } from "../plan/plan_run.ts";
import type { RunEvent } from "../plan/run_event.ts";
import { LeadingWeights } from "../results/leading_weights.ts";
import { AfterSync } from "./after_sync.ts";
import type { Checkpoints } from "./checkpoints.ts";
import { type Clock, Timings } from "./timings.ts";

/** What running trials takes, besides the trials. */
export interface TrialRun {
  readonly plan: Plan;
  readonly journal: Journal;
  readonly checkpoints: Checkpoints;
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly kernels?: KernelKind;
  readonly fault?: Fault;
  readonly maxFailures?: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly observe: (event: RunEvent) => void;
}

/**
 * Hands trials to the engine, once, and sees to it that each event is in the journal, on the disk, before anyone sees it.
 *
 * @returns How many trials ended: fewer than were given if the signal or `maxFailures` stopped the run.
 */
export async function runTrials(trials: readonly Trial[], run: TrialRun): Promise<number> {
  const { plan, journal, checkpoints, clock, maxFailures = Infinity } = run;
  const leading = await LeadingWeights.open(plan, journal);
  using timings = new Timings(plan, { clock });
  const enough = new AbortController();
  const afterSync = new AfterSync(journal, { onFailure: () => enough.abort() });
  const ended = new Set<string>();
  let failures = 0;
  const events = run.engine(trials, {
    dataset: run.dataset,
    kernels: run.kernels,
    fault: run.fault,
    signal: AbortSignal.any([run.signal, enough.signal]),
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
        // A failure that repeats that of an earlier run says nothing new to the journal, yet it ends the trial again.
        if (isRepeated || (!isNews && event.type !== "failed")) continue;
        ended.add(event.trial);
        if (event.type !== "done") failures += 1;
      }
      afterSync.do(() => tell(step, { ...run, leading, timings, isRepeated }));
      if (failures >= maxFailures) enough.abort();
    }
  } finally {
    await afterSync.settled();
  }
  return ended.size;
}

/** What an event changes besides the journal, and who is told of it. */
interface Telling extends Pick<TrialRun, "checkpoints" | "observe"> {
  readonly leading: LeadingWeights;
  readonly timings: Timings;
  /** Whether the event is of a trial that had ended before. */
  readonly isRepeated: boolean;
}

/** Does what is to be done about an event that is on the disk, and tells the observer. */
async function tell(
  { event, worker, machine, weights, checkpoint }: EngineEvent,
  { checkpoints, observe, leading, timings, isRepeated }: Telling,
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
    // A failed trial keeps its own: the next run goes on from there.
    if (event.type !== "failed") await checkpoints.remove(event.trial);
    observe({ type: "ended", event, worker, machine });
  }
}
