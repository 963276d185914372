import type { MetricFacts } from "../../core/facts/metric.ts";
import type { Point } from "../../experiment/trial/trial.ts";
import { heldOut } from "../../statistics/held_out.ts";
import { holm } from "../../statistics/holm.ts";
import { type PairedDifference, pairedDifference } from "../../statistics/paired_difference.ts";
import { repeatsNeeded } from "../../statistics/repeats_needed.ts";
import { signFlipTest } from "../../statistics/sign_flip_test.ts";
import { selectedMetric, valueOf } from "../summary/metric.ts";
import { pointKey, rankPoints, runKey } from "../summary/rank_points.ts";
import type { Summary } from "../summary/summary.ts";

/** A point against the winner, over the repeats, and the folds of each, that both have done. */
export interface PointComparison {
  readonly point: Point;
  /** The point minus the winner, in values of the metric that decides. */
  readonly difference: PairedDifference;
  readonly metric: MetricFacts;
  /** p-value of the paired t test, adjusted for all points by Holm's method; null below three pairs. */
  readonly adjustedPValue: number | null;
  /** p-value of the sign-flip permutation test, not adjusted; null below three pairs, and for folds, which depend. */
  readonly signFlipPValue: number | null;
  /** About how many repeats would show a difference of this size; null if there is none, too few pairs, or folds. */
  readonly repeatsNeeded: number | null;
}

const SIGNIFICANCE = 0.05;

/** Returns whether a point is worse than the winner by more than chance, at the 5 % level over all points. */
export function isWorse({ difference, adjustedPValue, metric }: PointComparison): boolean {
  const isBehind = metric.higherIsBetter ? difference.mean < 0 : difference.mean > 0;
  return isBehind && adjustedPValue !== null && adjustedPValue < SIGNIFICANCE;
}

/**
 * Compares each point with the winner, best first.
 *
 * Points share initial weights, batch order and splits at the same repeat and fold, so that their values are paired.
 * Folds share training rows, for which intervals and tests are corrected.
 */
export function compareWithWinner(summary: Summary): readonly PointComparison[] {
  const { winner, experiment } = summary;
  if (winner === null) return [];
  const metric = selectedMetric(experiment);
  const valuesOf = pairedValues(summary);
  const winnerKey = pointKey(winner.point);
  // Points that a search stopped had fewer epochs.
  const others = rankPoints(summary.points, experiment).filter(({ point, stoppedAfter }) =>
    pointKey(point) !== winnerKey && stoppedAfter === undefined
  );
  const found = others.flatMap(({ point }) => {
    const pairs = pairsOf(valuesOf(point), valuesOf(winner.point));
    const difference = pairedDifference(pairs, heldOut(experiment.data));
    return difference === null ? [] : [{ point, pairs, difference }];
  });
  const tested = found.filter(({ difference }) => difference.pValue !== null);
  const adjusted = holm(tested.map(({ difference }) => difference.pValue!));
  const byPoint = new Map(tested.map(({ point }, index) => [point, adjusted[index]]));
  return found.map(({ point, pairs, difference }) => {
    // More repeats of the same folds would not narrow an interval for ever, and flips take pairs as independent.
    const isTested = byPoint.has(point) && experiment.data.folds === undefined;
    return {
      point,
      difference,
      metric,
      adjustedPValue: byPoint.get(point) ?? null,
      signFlipPValue: isTested
        ? signFlipTest(pairs.map(([left, right]) => left - right), { seed: `${experiment.seed}/sign_flips` })
        : null,
      repeatsNeeded: isTested ? neededFor(difference) : null,
    };
  });
}

function neededFor({ mean, standardDeviation }: PairedDifference): number | null {
  return standardDeviation === null ? null : repeatsNeeded({ mean, standardDeviation });
}

/** The paired differences between points: row minus column. */
export interface PointDifferences {
  /** The best points, best first. */
  readonly points: readonly Point[];
  /** `[points][points]`; null on the diagonal, and for points without a common repeat. */
  readonly differences: readonly (readonly (PairedDifference | null)[])[];
}

/** Returns the differences between any two of the best points. */
export function comparePairs(summary: Summary, { most }: { readonly most: number }): PointDifferences {
  const valuesOf = pairedValues(summary);
  const interval = heldOut(summary.experiment.data);
  const points = rankPoints(summary.points, summary.experiment)
    .filter(({ stoppedAfter }) => stoppedAfter === undefined).slice(0, most).map(({ point }) => point);
  const values = points.map(valuesOf);
  return {
    points,
    differences: values.map((left, row) =>
      values.map((right, column) => row === column ? null : pairedDifference(pairsOf(left, right), interval))
    ),
  };
}

/** The values of a point by repeat, and fold if there are folds, in the order of its trials. */
type Values = ReadonlyMap<string, number>;

const NO_VALUES: Values = new Map();

function pairedValues({ trials, experiment }: Summary): (point: Point) => Values {
  const byPoint = new Map<string, Map<string, number>>();
  const { name } = selectedMetric(experiment);
  for (const result of trials) {
    const { point } = result;
    const value = valueOf(result, name);
    if (value === null) continue;
    const key = pointKey(point);
    const values = byPoint.get(key) ?? new Map<string, number>();
    byPoint.set(key, values.set(runKey(result), value));
  }
  return (point) => byPoint.get(pointKey(point)) ?? NO_VALUES;
}

function pairsOf(left: Values, right: Values): readonly (readonly [number, number])[] {
  return [...left].flatMap(([run, value]) => {
    const other = right.get(run);
    return other === undefined ? [] : [[value, other] as const];
  });
}
