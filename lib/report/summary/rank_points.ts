import { canonicalJson } from "../../core/numbers/digest.ts";
import type { Point, Trial } from "../../experiment/trial/trial.ts";
import { spreadOf } from "./spread.ts";
import type { PointResult, TrialResult } from "./summary.ts";

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
  { resultOf }: { readonly resultOf: (trial: string) => TrialResult | null },
): readonly PointResult[] {
  return groups.map((trials) => {
    const results = trials.map(({ id }) => resultOf(id)).filter((result) => result !== null);
    const accuracies = results.map((result) => result.bestValidationAccuracy)
      .filter((accuracy) => accuracy !== null);
    const stop = results.find(({ stoppedAfter }) => stoppedAfter !== undefined)?.stoppedAfter;
    return {
      point: trials[0].point,
      done: results.filter(({ status }) => status === "done").length,
      validationAccuracy: spreadOf(accuracies),
      ...stop === undefined ? {} : { stoppedAfter: stop },
    };
  });
}

/** Returns the best point among those whose repeats are all done, or null if there is none. */
export function leadingPoint(
  points: readonly PointResult[],
  { repeats }: { readonly repeats: number },
): PointResult | null {
  const best = rankPoints(points, { repeats })[0];
  return best?.done === repeats ? best : null;
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
 * Returns the points that have a validation accuracy, best first: those whose repeats are all done, then those that a search
 * stopped, the last of them first, then the others, each by mean; ties stay in grid order.
 */
export function rankPoints(
  points: readonly PointResult[],
  { repeats }: { readonly repeats: number },
): readonly PointResult[] {
  const complete = points.filter(({ done }) => done === repeats);
  const stopped = points.filter(({ stoppedAfter, validationAccuracy }) =>
    stoppedAfter !== undefined && validationAccuracy !== null
  );
  const partial = points.filter(({ done, stoppedAfter }) =>
    done > 0 && done < repeats && stoppedAfter === undefined
  );
  const byStop = sortByMean(stopped).toSorted((left, right) => right.stoppedAfter! - left.stoppedAfter!);
  return [...sortByMean(complete), ...byStop, ...sortByMean(partial)];
}

function sortByMean(points: readonly PointResult[]): readonly PointResult[] {
  return points.toSorted((left, right) => meanOf(right) - meanOf(left));
}

function meanOf({ validationAccuracy }: PointResult): number {
  return validationAccuracy === null ? -1 : validationAccuracy.mean;
}
