import type { BracketState } from "../../experiment/points/rungs.ts";
import type { Trial } from "../../experiment/trial/trial.ts";
import type { StoppedEvent } from "../../experiment/trial/trial_event.ts";
import type { TrialLog } from "../../journal/trial_log.ts";
import { trialsByPoint } from "../../report/summary/rank_points.ts";
import { type FollowOptions, followSearch, stopOf } from "./follow_search.ts";
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

/** Returns the state of a plan's trials; without a search, those are due that have no result. */
export function standingOf(
  { grid, loaded: { experiment } }: Pick<Plan, "grid" | "loaded">,
  log: TrialLog,
  { isRetried = () => false }: Pick<FollowOptions, "isRetried"> = {},
): Standing {
  const { search } = experiment;
  if (search === undefined) {
    const isDue = ({ id }: Trial) => !log.hasResult(id) && (log.end(id)?.type !== "failed" || isRetried(id));
    return { log, due: grid.trials.filter(isDue), brackets: [] };
  }
  const searched = { ...experiment, search };
  const points = trialsByPoint(grid).map((group) => group.map(({ id }) => id));
  const { stops, due, open, brackets } = followSearch(searched, { log, points, isRetried });
  const ends = new Map<string, StoppedEvent | null>();
  for (const id of open) if (log.end(id)?.type !== "failed" || isRetried(id)) ends.set(id, null);
  for (const [trial, rung] of stops) {
    const stop = stopOf(trial, searched, { log, epoch: rung });
    if (stop === null) continue;
    const { epoch, bestEpoch, best: { validationAccuracy: bestValidationAccuracy, metrics, weightsSha256 } } =
      stop;
    const measured = metrics === undefined ? {} : { bestMetrics: metrics };
    const found = { bestEpoch, bestValidationAccuracy, ...measured, weightsSha256 };
    ends.set(trial, { type: "stopped", trial, epoch, ...found });
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
