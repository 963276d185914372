import { isBetter, measuresNumbers, type MetricName, USUAL_METRIC } from "../../core/facts/metric.ts";
import { canonicalJson } from "../../core/numbers/digest.ts";
import type { Point, Trial } from "../../experiment/trial/trial.ts";
import { type Measuring, selectedMetric, spreadOfMetric, valueOf } from "./metric.ts";
import { metricSpreads, spreadOf } from "./spread.ts";
import type { PointResult, TrialResult } from "./summary.ts";
import { type RunsOfPoint, trialsPerPoint } from "./trials_per_point.ts";

/** What ranks the points of an experiment. */
export interface Ranking extends Measuring, RunsOfPoint {}

/** What a trial has of each metric. */
type Measured = Pick<TrialResult, "status" | "stoppedAfter" | "bestValidationAccuracy" | "bestMetrics">;

/** Options of {@link pointResults}. */
export interface PointOptions {
  /** The results of trials by their ids. */
  readonly results: ReadonlyMap<string, Measured>;
  /** The further metrics that are measured. */
  readonly metrics: readonly MetricName[];
  /** The number of folds of their data. Default: none. */
  readonly folds?: number;
}

/** Returns the trials of each point, points in grid order, repeats in order, and the folds of each. */
export function trialsByPoint<T extends Pick<Trial, "point">>(
  { trials }: { readonly trials: readonly T[] },
): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const trial of trials) {
    const key = pointKey(trial.point);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [trial]);
    else group.push(trial);
  }
  return [...groups.values()];
}

/** Returns the result of each point from the results of its trials. */
export function pointResults(
  groups: readonly (readonly Pick<Trial, "id" | "point">[])[],
  { results, metrics, folds }: PointOptions,
): readonly PointResult[] {
  return groups.map((trials) => {
    const found = trials.map(({ id }) => results.get(id)).filter((result) => result !== undefined);
    const measured = found.filter((result) => hasAll(result, metrics));
    const stop = found.find(({ stoppedAfter }) => stoppedAfter !== undefined)?.stoppedAfter;
    return {
      point: trials[0].point,
      done: measured.filter(({ status }) => status === "done").length,
      validationAccuracy: spreadOf(
        measured.map((result) => result.bestValidationAccuracy).filter((value) => value !== null),
        { folds },
      ),
      ...metricSpreads(measured, { metrics, folds }),
      ...stop === undefined ? {} : { stoppedAfter: stop },
    };
  });
}

/** Returns whether a trial has the accuracy and each further metric; a damaged journal may lack one. */
function hasAll(result: Measured, metrics: readonly MetricName[]): boolean {
  const names: readonly MetricName[] = measuresNumbers({ metrics }) ? metrics : [USUAL_METRIC, ...metrics];
  return names.every((name) => valueOf(result, name) !== null);
}

/** Returns the best point among those whose trials are all done, or null if there is none. */
export function leadingPoint(
  points: readonly PointResult[],
  ranking: Ranking,
): PointResult | null {
  const best = rankPoints(points, ranking)[0];
  return best?.done === trialsPerPoint(ranking) ? best : null;
}

/** Returns a unique key of a point. */
export function pointKey(point: Point): string {
  return canonicalJson(point);
}

/** Where a trial stands in its grid. */
export type TrialPlace = Pick<Trial, "point" | "repeat" | "fold">;

/** Returns the place of a trial alone; a trial without folds has no fold. */
export function placeOf({ point, repeat, fold }: TrialPlace): TrialPlace {
  return { point, repeat, ...fold === undefined ? {} : { fold } };
}

/** Returns a unique key of a place. */
export function placeKey({ point, ...run }: TrialPlace): string {
  return `${runKey(run)} ${pointKey(point)}`;
}

/** Returns a unique key of a repeat, and of its fold if it has one: trials of one key are paired. */
export function runKey({ repeat, fold }: Pick<Trial, "repeat" | "fold">): string {
  return fold === undefined ? String(repeat) : `${repeat}/${fold}`;
}

/**
 * Returns the points that have a result, best first: those whose trials are all done, then those that a search stopped, the
 * last of them first, then the others, each by the mean of the metric that decides; ties stay in grid order.
 */
export function rankPoints(
  points: readonly PointResult[],
  ranking: Ranking,
): readonly PointResult[] {
  const all = trialsPerPoint(ranking);
  const complete = points.filter(({ done }) => done === all);
  const stopped = points.filter((point) =>
    point.stoppedAfter !== undefined && spreadOfMetric(point, selectedMetric(ranking).name) !== null
  );
  const partial = points.filter(({ done, stoppedAfter }) =>
    done > 0 && done < all && stoppedAfter === undefined
  );
  const byMean = bestFirst<PointResult>(
    (point) => spreadOfMetric(point, selectedMetric(ranking).name)?.mean ?? null,
    ranking,
  );
  const byStop = stopped.toSorted(byMean)
    .toSorted((left, right) => right.stoppedAfter! - left.stoppedAfter!);
  return [...complete.toSorted(byMean), ...byStop, ...partial.toSorted(byMean)];
}

/** Returns an order of results by the metric that decides, best first; those without a value are last. */
export function bestFirst<T>(
  valueIn: (result: T) => number | null,
  measuring: Measuring,
): (left: T, right: T) => number {
  const metric = selectedMetric(measuring);
  return (left, right) => {
    const [value, other] = [valueIn(left), valueIn(right)];
    if (value === null || other === null) return Number(value === null) - Number(other === null);
    return Number(isBetter(other, { than: value, metric })) -
      Number(isBetter(value, { than: other, metric }));
  };
}
