import { isBetter, type MetricName } from "../../core/facts/metric.ts";
import { canonicalJson } from "../../core/numbers/digest.ts";
import type { Point, Trial } from "../../experiment/trial/trial.ts";
import { type Measuring, selectedMetric, spreadOfMetric, valueOf } from "./metric.ts";
import { metricSpreads, spreadOf } from "./spread.ts";
import type { PointResult, TrialResult } from "./summary.ts";

/** What ranks the points of an experiment. */
export interface Ranking extends Measuring {
  readonly repeats: number;
}

/** What a trial has of each metric. */
type Measured = Pick<TrialResult, "status" | "stoppedAfter" | "bestValidationAccuracy" | "bestMetrics">;

/** Options of {@link pointResults}. */
export interface PointOptions {
  /** The results of trials by their ids. */
  readonly results: ReadonlyMap<string, Measured>;
  /** The further metrics that are measured. */
  readonly metrics: readonly MetricName[];
}

/** Returns the trials of each point, points in grid order and repeats in order. */
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
  { results, metrics }: PointOptions,
): readonly PointResult[] {
  return groups.map((trials) => {
    const found = trials.map(({ id }) => results.get(id)).filter((result) => result !== undefined);
    const measured = found.filter((result) => hasAll(result, metrics));
    const stop = found.find(({ stoppedAfter }) => stoppedAfter !== undefined)?.stoppedAfter;
    return {
      point: trials[0].point,
      done: measured.filter(({ status }) => status === "done").length,
      validationAccuracy: spreadOf(measured.map((result) => result.bestValidationAccuracy!)),
      ...metricSpreads(measured, metrics),
      ...stop === undefined ? {} : { stoppedAfter: stop },
    };
  });
}

/** Returns whether a trial has the accuracy and each further metric; a damaged journal may lack one. */
function hasAll(result: Measured, metrics: readonly MetricName[]): boolean {
  return result.bestValidationAccuracy !== null && metrics.every((name) => valueOf(result, name) !== null);
}

/** Returns the best point among those whose repeats are all done, or null if there is none. */
export function leadingPoint(
  points: readonly PointResult[],
  ranking: Ranking,
): PointResult | null {
  const best = rankPoints(points, ranking)[0];
  return best?.done === ranking.repeats ? best : null;
}

/** Returns a unique key of a point. */
export function pointKey(point: Point): string {
  return canonicalJson(point);
}

/** Returns a unique key of a point and a repeat. */
export function placeKey({ point, repeat }: Pick<Trial, "point" | "repeat">): string {
  return `${repeat} ${pointKey(point)}`;
}

/**
 * Returns the points that have a result, best first: those whose repeats are all done, then those that a search stopped, the
 * last of them first, then the others, each by the mean of the metric that decides; ties stay in grid order.
 */
export function rankPoints(
  points: readonly PointResult[],
  { repeats, ...measuring }: Ranking,
): readonly PointResult[] {
  const complete = points.filter(({ done }) => done === repeats);
  const stopped = points.filter(({ stoppedAfter, validationAccuracy }) =>
    stoppedAfter !== undefined && validationAccuracy !== null
  );
  const partial = points.filter(({ done, stoppedAfter }) =>
    done > 0 && done < repeats && stoppedAfter === undefined
  );
  const byMean = bestFirst<PointResult>(
    (point) => spreadOfMetric(point, selectedMetric(measuring).name)?.mean ?? null,
    measuring,
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
