import { metricColumn } from "../files/columns.ts";
import { type Results, trialRows } from "../files/parse_results.ts";
import { selectedMetric } from "../summary/metric.ts";
import { pointKey } from "../summary/rank_points.ts";
import type { TrialPair } from "./accuracy_drops.ts";
import type { PointComparison, PointCurves } from "./comparison.ts";
import { POINT_VERDICTS } from "./verdicts.ts";

/** The points whose curves are shown: what fails comes first, then what changed most. */
const MOST_CURVES = 20;

/** The trials of both sides, and their files. */
export interface CurveSources {
  readonly pairs: readonly TrialPair[];
  readonly baseline: Results;
  readonly current: Results;
}

/**
 * Returns points with the curves of those that changed most: a table of thousands of curves helps nobody.
 *
 * @throws {InputError} If a row of a history is damaged.
 */
export function withCurves(
  points: readonly PointComparison[],
  { pairs, baseline, current }: CurveSources,
): readonly PointComparison[] {
  const shown = new Set(byGravity(points).slice(0, MOST_CURVES));
  if (shown.size === 0) return points;
  const column = metricColumn(selectedMetric(current.summary.experiment).name);
  const groups = Map.groupBy(pairs, ({ after }) => pointKey(after.point));
  return points.map((point) => {
    const group = shown.has(point) ? groups.get(pointKey(point.point)) ?? [] : [];
    if (group.length === 0) return point;
    const curves: PointCurves = {
      before: meanCurve(baseline, { trials: group.map(({ before }) => before.trial), column }),
      after: meanCurve(current, { trials: group.map(({ after }) => after.trial), column }),
    };
    return { ...point, curves };
  });
}

/** Returns points in the order in which a reader looks at them. */
export function byGravity(points: readonly PointComparison[]): readonly PointComparison[] {
  const change = ({ validation, test }: PointComparison) =>
    Math.max(...[validation, test].map((means) => means === null ? 0 : Math.abs(means.after - means.before)));
  return points.toSorted((left, right) =>
    POINT_VERDICTS.indexOf(left.verdict) - POINT_VERDICTS.indexOf(right.verdict) ||
    change(right) - change(left)
  );
}

interface Averaged {
  readonly trials: readonly string[];
  /** The column of the metric. */
  readonly column: string;
}

/** The mean of a metric of trials by epoch, as far as all of them went and measured it. */
function meanCurve(results: Results, { trials, column }: Averaged): readonly number[] {
  const runs = trials.map((trial) =>
    trialRows(results, trial).flatMap((row) => column in row ? [Number(row[column])] : [])
  );
  const epochs = runs.reduce((least, { length }) => Math.min(least, length), Infinity);
  return Array.from(
    { length: epochs },
    (_, epoch) => runs.reduce((sum, run) => sum + run[epoch], 0) / runs.length,
  );
}
