import type { MetricFacts, MetricName } from "../../core/facts/metric.ts";
import type { Search } from "../../experiment/declaration/search.ts";
import { type BracketState, decideRungs, type TrialProgress } from "../../experiment/points/rungs.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { EpochEvent, StoppedEvent } from "../../experiment/trial/trial_event.ts";
import type { TrialLog } from "../../journal/trial_log.ts";
import { selectedMetric, valueOf } from "../../report/summary/metric.ts";
import { trialsByPoint } from "../../report/summary/rank_points.ts";
import type { Plan } from "./plan_run.ts";

/** The state of a plan's trials, as it follows from a log. */
export interface Standing {
  /** The log as reports read it: a trial that its search stopped has ended there, whatever else the log has of it. */
  readonly log: TrialLog;
  /** The trials that must run next, in grid order, each with the epoch after which it stops. */
  readonly due: readonly Trial[];
  /** The brackets of the search; none without one. */
  readonly brackets: readonly BracketState[];
}

/** Options of {@link standingOf}. */
export interface StandingOptions {
  /** Returns whether a failed trial is tried again: a search waits for it. Default: none is. */
  readonly isRetried?: (trial: string) => boolean;
}

/** Returns the state of a plan's trials; without a search, those are due that have no result. */
export function standingOf(
  { grid, loaded }: Pick<Plan, "grid" | "loaded">,
  log: TrialLog,
  { isRetried = () => false }: StandingOptions = {},
): Standing {
  const { search } = loaded.experiment;
  if (search === undefined) {
    const isDue = ({ id }: Trial) => !log.hasResult(id) && (log.end(id)?.type !== "failed" || isRetried(id));
    return { log, due: grid.trials.filter(isDue), brackets: [] };
  }
  const metric = selectedMetric(loaded.experiment);
  const watch = watchTrials(log, { search, metric, isRetried });
  const points = trialsByPoint(grid).map((group) => group.map(({ id }) => id));
  const { stops, due, open, brackets } = decideRungs(points, { search, progressOf: watch });
  const ends = new Map<string, StoppedEvent | null>();
  for (const id of open) if (log.end(id)?.type !== "failed" || isRetried(id)) ends.set(id, null);
  for (const [id, epoch] of stops) {
    const stopped = stoppedAt(id, { epoch, log, metric });
    if (stopped !== null) ends.set(id, stopped);
  }
  const last = search.epochs.at(-1)!;
  const untils = new Map(due.map(({ trial, until }) => [trial, until]));
  return {
    log: log.endedBy(ends),
    due: grid.trials.flatMap((trial) => {
      const until = untils.get(trial.id);
      if (until === undefined) return [];
      return [until === last ? trial : { ...trial, stopAfter: until }];
    }),
    brackets,
  };
}

interface Watching extends Required<StandingOptions> {
  readonly search: Search;
  readonly metric: MetricFacts;
}

/** Returns a function for the progress of a trial, asked for ascending epochs: each epoch is looked at once. */
function watchTrials(
  log: TrialLog,
  { search, metric, isRetried }: Watching,
): (trial: string, epoch: number) => TrialProgress {
  const best = new Map<string, { readonly epoch: number; readonly value: number }>();
  const last = search.epochs.at(-1)!;
  return (id, epoch) => {
    const end = log.end(id);
    const ended = end?.type === "done" ? end.lastEpoch ?? last : last;
    let { epoch: at, value } = best.get(id) ?? { epoch: -1, value: -Infinity };
    const to = Math.min(epoch, ended);
    while (at < to) {
      const known = log.epoch(id, at + 1);
      if (known === null) {
        const isLost = end?.type === "diverged" || (end?.type === "failed" && !isRetried(id));
        return { state: isLost ? "lost" : "due" };
      }
      at += 1;
      value = Math.max(value, worthOf(known, metric));
    }
    best.set(id, { epoch: at, value });
    if (epoch < last) return { state: "reached", value };
    // A run may have been killed between the last epoch and the end.
    if (end === null || end.type === "stopped") return { state: "due" };
    return end.type === "done" ? { state: "reached", value } : { state: "lost" };
  };
}

/** Returns how much a search values an epoch by the metric that decides; higher is better. */
function worthOf({ validationAccuracy, metrics }: EpochEvent, metric: MetricFacts): number {
  const best = { bestValidationAccuracy: validationAccuracy, bestMetrics: metrics };
  // A damaged journal may lack a metric.
  const value = valueOf(best, metric.name as MetricName);
  return value === null ? -Infinity : metric.higherIsBetter ? value : -value;
}

interface Stopping {
  readonly epoch: number;
  readonly log: TrialLog;
  readonly metric: MetricFacts;
}

/** Returns the end of a trial that does not go on after an epoch; null if it diverged or failed before. */
function stoppedAt(
  trial: string,
  { epoch, log, metric }: Stopping,
): StoppedEvent | null {
  const end = log.end(trial);
  const last = end?.type === "done" ? Math.min(end.lastEpoch ?? epoch, epoch) : epoch;
  let best: EpochEvent | null = null;
  for (let at = 0; at <= last; at++) {
    const known = log.epoch(trial, at);
    if (known === null) return null;
    if (best === null || worthOf(known, metric) > worthOf(best, metric)) best = known;
  }
  const { epoch: bestEpoch, validationAccuracy: bestValidationAccuracy, metrics, weightsSha256 } = best!;
  const measured = metrics === undefined ? {} : { bestMetrics: metrics };
  return {
    type: "stopped",
    trial,
    epoch: last,
    bestEpoch,
    bestValidationAccuracy,
    ...measured,
    weightsSha256,
  };
}
