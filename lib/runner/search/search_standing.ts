import type { BracketState, DueTrial, Rungs, SearchPoint } from "../../experiment/points/rungs.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { EpochEvent, StoppedEvent } from "../../experiment/trial/trial_event.ts";
import type { TrialLog } from "../../journal/trial_log.ts";
import { trialsByPoint } from "../../report/summary/rank_points.ts";
import { type FollowOptions, followSearch, type Stop, stopOf } from "./follow_search.ts";
import type { Plan } from "../plan/plan_run.ts";

/** The state of a plan's trials, as it follows from a log. */
export interface Standing {
  /** The log as reports read it: a trial that its search stopped has ended there, whatever else the log has of it. */
  readonly log: TrialLog;
  /** The trials that must run next, in grid order, each with the epoch after which it stops. */
  readonly due: readonly Trial[];
  /** The brackets of the search; none without one. */
  readonly brackets: readonly BracketState[];
}

type StandingPlan = Pick<Plan, "grid" | "loaded" | "stops">;
type StandingOptions = Pick<FollowOptions, "isRetried">;

/** Returns the state of a plan's trials; without a search, those are due that have no result. */
export function standingOf(
  plan: StandingPlan,
  log: TrialLog,
  { isRetried = () => false }: StandingOptions = {},
): Standing {
  const { grid, loaded: { experiment }, stops } = plan;
  const { search } = experiment;
  if (search === undefined) {
    const isDue = ({ id }: Trial) => !log.hasResult(id) && (log.end(id)?.type !== "failed" || isRetried(id));
    return { log, due: grid.trials.filter(isDue), brackets: [] };
  }
  const searching = { ...experiment, search };
  const found = stops === undefined
    ? followSearch(searching, { log, points: searchPoints(grid), isRetried })
    : knownStops(plan, { log, isRetried, stops });
  const ends = new Map<string, StoppedEvent | null>();
  for (const id of found.open) if (log.end(id)?.type !== "failed" || isRetried(id)) ends.set(id, null);
  for (const [trial, rung] of found.stops) {
    const stop = stopOf(trial, searching, { log, epoch: rung });
    if (stop !== null) ends.set(trial, stoppedEvent(trial, stop));
  }
  const last = search.epochs.at(-1)!;
  const untils = new Map(found.due.map(({ trial, until }) => [trial, until]));
  return {
    log: log.endedBy(ends),
    due: grid.trials.flatMap((trial) => {
      const until = untils.get(trial.id);
      if (until === undefined) return [];
      return [until === last ? trial : { ...trial, stopAfter: until }];
    }),
    brackets: found.brackets,
  };
}

/** Returns the points of a search: the trials of each. */
export function searchPoints(grid: StandingPlan["grid"]): readonly SearchPoint[] {
  return trialsByPoint(grid).map((group) => group.map(({ id }) => id));
}

interface Known extends Required<StandingOptions> {
  readonly log: TrialLog;
  readonly stops: ReadonlyMap<string, number>;
}

/** Returns what has become of a search of which it is known where each trial stops. */
function knownStops(
  { grid, loaded: { experiment } }: StandingPlan,
  { log, isRetried, stops }: Known,
): Omit<Rungs, "undecided"> {
  const searching = { ...experiment, search: experiment.search! };
  const due = grid.trials.flatMap(({ id, solver }): DueTrial[] => {
    const end = log.end(id);
    const stop = stops.get(id);
    const isStopped = stop !== undefined && stopOf(id, searching, { log, epoch: stop }) !== null;
    const isOver = isStopped || (end?.type === "failed" && !isRetried(id)) || log.hasResult(id);
    return isOver ? [] : [{ trial: id, until: stop ?? solver.epochs }];
  });
  return { stops, due, open: new Set(due.map(({ trial }) => trial)), brackets: [] };
}

function stoppedEvent(trial: string, { epoch, bestEpoch, best }: Stop<EpochEvent>): StoppedEvent {
  const { validationAccuracy: bestValidationAccuracy, metrics, weightsSha256 } = best;
  const measured = {
    ...bestValidationAccuracy === undefined ? {} : { bestValidationAccuracy },
    ...metrics === undefined ? {} : { bestMetrics: metrics },
  };
  return { type: "stopped", trial, epoch, bestEpoch, ...measured, weightsSha256 };
}
