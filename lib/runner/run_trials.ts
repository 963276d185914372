import type { KernelKind } from "../core/kernel_kind.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Engine } from "../engine/engine.ts";
import type { Fault } from "../experiment/fault.ts";
import type { Trial } from "../experiment/trial.ts";
import type { Journal } from "../journal/journal.ts";
import type { Checkpoints } from "./checkpoints.ts";
import { LeadingWeights } from "./leading_weights.ts";
import type { Plan } from "./plan_run.ts";
import type { RunEvent } from "./run_event.ts";
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
 * Hands trials to the engine, once, and journals each event before anyone sees it.
 *
 * @returns How many trials ended: fewer than were given if the signal or `maxFailures` stopped the run.
 */
export async function runTrials(trials: readonly Trial[], run: TrialRun): Promise<number> {
  const {
    plan,
    journal,
    checkpoints,
    engine,
    kernels,
    fault,
    dataset,
    clock,
    observe,
    maxFailures = Infinity,
  } = run;
  const leading = await LeadingWeights.open(plan, journal);
  using timings = new Timings(plan, { clock });
  const enough = new AbortController();
  const ended = new Set<string>();
  let failures = 0;
  const events = engine(trials, {
    dataset,
    kernels,
    fault,
    signal: AbortSignal.any([run.signal, enough.signal]),
    resume: (trial) => checkpoints.read(trial),
    checkpointEvery: (trial) => checkpoints.every(trial),
  });
  for await (const { event, worker, machine, weights, checkpoint } of events) {
    if (event.type === "started") {
      timings.start(event.trial);
      checkpoints.start(event.trial);
      observe({ type: "started", trial: event.trial, worker, machine });
      continue;
    }
    if (event.type === "remark") {
      observe({ type: "note", message: event.message });
      continue;
    }
    if (event.type === "lost") {
      observe({ type: "note", message: `Trial ${event.trial} is run again: ${event.reason}.` });
      continue;
    }
    const isNews = journal.append(event);
    if (event.type === "epoch") {
      if (checkpoint && !ended.has(event.trial)) await checkpoints.write(event.trial, checkpoint);
      observe({ type: "epoch", event, worker, machine });
      continue;
    }
    // A failure that repeats that of an earlier run says nothing new to the journal, yet it ends the trial again.
    if (ended.has(event.trial) || (!isNews && event.type !== "failed")) continue;
    ended.add(event.trial);
    timings.end(event.trial, { worker });
    await leading.end(event.trial, weights);
    // A failed trial keeps its own: the next run goes on from there.
    if (event.type !== "failed") await checkpoints.remove(event.trial);
    observe({ type: "ended", event, worker, machine });
    if (event.type !== "done") failures += 1;
    if (failures >= maxFailures) enough.abort();
  }
  return ended.size;
}
