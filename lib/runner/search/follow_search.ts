import { USUAL_METRIC } from "../../core/facts/metric.ts";
import type { ExperimentFacts } from "../../experiment/declaration/experiment.ts";
import type { Search } from "../../experiment/declaration/search.ts";
import {
  decideRungs,
  type Rungs,
  type SearchPoint,
  type TrialProgress,
} from "../../experiment/points/rungs.ts";
import type { EpochEvent, TrialEvent } from "../../experiment/trial/trial_event.ts";
import { type Measuring, selectedMetric } from "../../report/summary/metric.ts";
import { RungLeaders } from "./rung_leaders.ts";

/** What decides a search: the epochs and the ends of trials, as far as they are known. */
export interface SearchedLog<E extends SearchedEpoch = SearchedEpoch> {
  readonly epoch: (trial: string, epoch: number) => E | null;
  readonly end: (trial: string) => TrialEvent | null;
}

/** What decides a search of an epoch. */
export type SearchedEpoch = Pick<EpochEvent, "validationAccuracy" | "metrics">;

/** Options of {@link followSearch}. */
export interface FollowOptions {
  readonly log: SearchedLog;
  readonly points: readonly SearchPoint[];
  /** Returns whether a failed trial is tried again: a search waits for it. Default: none is. */
  readonly isRetried?: (trial: string) => boolean;
}

/** An experiment with a search. */
export type SearchingExperiment = Measuring & Required<Pick<ExperimentFacts, "search">>;

/** Returns what has become of the points of a search. */
export function followSearch(
  experiment: SearchingExperiment,
  { log, points, isRetried = () => false }: FollowOptions,
): Rungs {
  const { search } = experiment;
  const valueOf = valuing(experiment);
  const best = new Map<string, { readonly epoch: number; readonly value: number }>();
  // A trial is asked for ascending epochs: each of them is looked at once.
  const progressOf = (id: string, epoch: number): TrialProgress => {
    const end = log.end(id);
    const to = lastEpoch(end, { search, epoch });
    let { epoch: at, value } = best.get(id) ?? { epoch: -1, value: -Infinity };
    while (at < to) {
      const known = log.epoch(id, at + 1);
      if (known === null) {
        const isLost = end?.type === "diverged" || (end?.type === "failed" && !isRetried(id));
        return { state: isLost ? "lost" : "due" };
      }
      at += 1;
      value = Math.max(value, valueOf(known));
    }
    best.set(id, { epoch: at, value });
    if (epoch < search.epochs.at(-1)!) return { state: "reached", value };
    // A run may have been killed between the last epoch and the end.
    if (end === null || end.type === "stopped") return { state: "due" };
    return end.type === "done" ? { state: "reached", value } : { state: "lost" };
  };
  return decideRungs(points, { search, progressOf });
}

/**
 * Returns the points that may still go on from the rungs that are not decided; those that have reached them in the log are
 * among them, or are left out.
 */
export function leadersOf(experiment: SearchingExperiment, options: FollowOptions): RungLeaders {
  const { undecided } = followSearch(experiment, options);
  const leaders = new RungLeaders(undecided);
  for (const { until, points } of undecided) {
    for (const trial of points.flat()) {
      const stop = stopOf(trial, experiment, { log: options.log, epoch: until });
      if (stop !== null) leaders.reach(trial, valuing(experiment)(stop.best));
    }
  }
  return leaders;
}

/** The state of a trial after which it does not go on. */
export interface Stop<E> {
  /** The last epoch that counts: that of the rung, or one before if it had lost its patience. */
  readonly epoch: number;
  readonly bestEpoch: number;
  readonly best: E;
}

/** Options of {@link stopOf}. */
export interface StopOptions<E extends SearchedEpoch> {
  readonly log: SearchedLog<E>;
  /** The epoch of the rung. */
  readonly epoch: number;
}

/** Returns the state of a trial that does not go on after an epoch; null if it diverged or failed before. */
export function stopOf<E extends SearchedEpoch>(
  trial: string,
  experiment: SearchingExperiment,
  { log, epoch }: StopOptions<E>,
): Stop<E> | null {
  const valueOf = valuing(experiment);
  const last = lastEpoch(log.end(trial), { search: experiment.search, epoch });
  let found: { readonly epoch: number; readonly best: E } | null = null;
  for (let at = 0; at <= last; at++) {
    const known = log.epoch(trial, at);
    if (known === null) return null;
    if (found === null || valueOf(known) > valueOf(found.best)) found = { epoch: at, best: known };
  }
  return { epoch: last, bestEpoch: found!.epoch, best: found!.best };
}

interface UpTo {
  readonly search: Search;
  readonly epoch: number;
}

/** Returns the last epoch of a trial up to one: with patience, it may have ended before. */
function lastEpoch(end: TrialEvent | null, { search, epoch }: UpTo): number {
  const ended = end?.type === "done" ? end.lastEpoch : undefined;
  return Math.min(epoch, ended ?? search.epochs.at(-1)!);
}

/** Returns a function for how much an experiment values an epoch: by the metric that it selects, higher is better. */
export function valuing(measuring: Measuring): (epoch: SearchedEpoch) => number {
  const { name, higherIsBetter } = selectedMetric(measuring);
  const sign = higherIsBetter ? 1 : -1;
  return ({ validationAccuracy, metrics = {} }) =>
    sign * ((name === USUAL_METRIC ? validationAccuracy : metrics[name]) ?? NaN);
}
