import { type Datasets, type EngineEvent, isTrialEvent } from "../../engine/engine.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { StoppedEvent } from "../../experiment/trial/trial_event.ts";
import { LeadingWeights } from "../results/leading_weights.ts";
import { Timings } from "../results/timings.ts";
import { leadersOf, valuing } from "../search/follow_search.ts";
import { searchPoints } from "../search/search_standing.ts";
import { AfterSync } from "./after_sync.ts";
import type { RunContext } from "./run_context.ts";

/** The trials that have ended in a run so far. */
export interface Tally {
  readonly ended: Set<string>;
  readonly failed: Set<string>;
  /** How many failed or diverged. */
  losses: number;
}

/** Options of {@link runTrials}. */
export interface RunTrialsOptions {
  readonly trials: readonly Trial[];
  readonly datasets: Datasets;
  readonly tally: Tally;
  /** Called when a trial starts. */
  readonly onStart: () => void;
}

/**
 * Runs trials in the engine; each event is in the journal on the disk before anyone sees it.
 *
 * @returns The number of trials that ended or stopped: not all if the signal or `maxFailures` stopped the run.
 */
export async function runTrials(
  run: RunContext,
  { trials, datasets, tally, onStart }: RunTrialsOptions,
): Promise<number> {
  const { plan, engine, journal, checkpoints, fault, options } = run;
  const { kernels, signal, clock, maxFailures = Infinity } = options;
  const leading = await LeadingWeights.open(plan, journal);
  const behindOf = followLeaders(run);
  using timings = new Timings(plan, { clock });
  const enough = new AbortController();
  const afterSync = new AfterSync(journal, { onFailure: () => enough.abort() });
  const ended = new Set<string>();
  const events = engine(trials, {
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
        onStart();
        timings.start(event.trial);
        checkpoints.start(event.trial);
      }
      // That a trial stopped follows from its epochs.
      const isNews = isTrialEvent(event) && event.type !== "stopped" && journal.append(event);
      const isRepeated = event.trial !== null && ended.has(event.trial);
      if (isTrialEvent(event) && event.type !== "epoch") {
        // A failure that equals one of an earlier run is not new to the journal, but ends the trial again.
        const isEnd = isNews || event.type === "failed" || event.type === "stopped";
        if (isRepeated || !isEnd) continue;
        ended.add(event.trial);
        tally.ended.add(event.trial);
        timings.stop(event.trial);
        if (event.type === "failed") tally.failed.add(event.trial);
        if (event.type === "failed" || event.type === "diverged") tally.losses += 1;
      }
      // Asked now: what an event causes waits for the disk.
      const isSaved = event.type === "stopped" && checkpoints.isWorthSaving(event.trial);
      afterSync.do(() => applyEvent(step, { ...run, leading, behindOf, timings, isRepeated, isSaved }));
      if (tally.losses >= maxFailures) enough.abort();
    }
  } finally {
    await afterSync.settled();
  }
  return ended.size;
}

function followLeaders({ plan, journal }: Pick<RunContext, "plan" | "journal">): Effects["behindOf"] {
  const { grid, loaded: { experiment }, stops } = plan;
  // Where it is known that a trial stops, nothing goes on later.
  if (experiment.search === undefined || stops !== undefined) return ({ trial }) => [trial];
  const searching = { ...experiment, search: experiment.search };
  const leaders = leadersOf(searching, {
    log: journal.log,
    points: searchPoints(grid),
    isRetried: () => true,
  });
  const valueOf = valuing(searching);
  return ({ trial, bestValidationAccuracy: validationAccuracy, bestMetrics: metrics }) =>
    leaders.reach(trial, valueOf({ validationAccuracy, metrics }));
}

/** The effects of an event besides the journal. */
interface Effects extends Pick<RunContext, "checkpoints" | "observe"> {
  readonly leading: LeadingWeights;
  /** Returns the trials that can no longer go on in their search, now that a trial has stopped. */
  readonly behindOf: (event: StoppedEvent) => readonly string[];
  readonly timings: Timings;
  /** Whether the trial of the event had ended before. */
  readonly isRepeated: boolean;
  /** Whether the checkpoint of a trial that stopped is worth saving. */
  readonly isSaved: boolean;
}

/** Applies the effects of an event that is on the disk, and reports it. */
async function applyEvent(
  { event, worker, machine, weights, checkpoint }: EngineEvent,
  { checkpoints, observe, leading, behindOf, timings, isRepeated, isSaved }: Effects,
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
    if (event.type === "stopped") {
      const behind = behindOf(event);
      for (const trial of behind) await checkpoints.remove(trial);
      const mayGoOn = !behind.includes(event.trial);
      if (isSaved && mayGoOn && checkpoint) await checkpoints.write(event.trial, checkpoint);
    } else {
      timings.end(event.trial, { worker });
      await leading.end(event.trial, weights);
      // A failed trial keeps its checkpoint: the next run resumes from it.
      if (event.type !== "failed") await checkpoints.remove(event.trial);
    }
    observe({ type: "ended", event, worker, machine });
  }
}
