import { expectedMaximum } from "../../statistics/expected_maximum.ts";
import { heldOut } from "../../statistics/held_out.ts";
import { selectedMetric, spreadOfMetric, valueOf } from "../summary/metric.ts";
import { pointKey, runKey } from "../summary/rank_points.ts";
import { splitRows } from "../summary/split_rows.ts";
import type { Summary } from "../summary/summary.ts";
import { trialsPerPoint } from "../summary/trials_per_point.ts";

/** How much the choice of the winner flatters its value of the metric that decides. */
export interface SelectionOptimism {
  /** The points it was chosen among. */
  readonly points: number;
  /** By how much the best of that many equally good points is better than them on average, in values of the metric. */
  readonly gain: number;
  /** Whether the spread of repeats or folds gave it, or with one trial a point the number of validation rows. */
  readonly from: "repeats" | "rows";
}

/**
 * Returns the optimism of having chosen the winner among all complete points; null with one point, or if its size cannot
 * be known.
 *
 * The gain is the expected largest of k standard normal values times the standard error of a point's mean. What a
 * repeat or a fold does to all points alike cannot decide between them, and is taken out of that error.
 *
 * Source: Cawley and Talbot, On over-fitting in model selection and subsequent selection bias, 2010.
 */
export function selectionOptimism(summary: Summary): SelectionOptimism | null {
  const { points, experiment } = summary;
  const runs = trialsPerPoint(experiment);
  const complete = points.filter(({ done }) => done === runs);
  if (summary.winner === null || complete.length < 2) return null;
  const error = runs === 1 ? errorFromRows(summary) : errorFromRepeats(summary);
  if (error === null) return null;
  return {
    points: complete.length,
    gain: expectedMaximum(complete.length) * error,
    from: runs === 1 ? "rows" : "repeats",
  };
}

function errorFromRows(summary: Summary): number | null {
  const { winner, experiment } = summary;
  const rows = splitRows(summary, "validation");
  const metric = selectedMetric(experiment);
  if (rows === null || !metric.isShareOfRows) return null;
  const { mean } = spreadOfMetric(winner!, metric.name)!;
  return Math.sqrt((mean * (1 - mean)) / rows);
}

/** The standard error of a point's mean, from what is left without the means of points, and of repeats or folds. */
function errorFromRepeats({ trials, points, experiment }: Summary): number {
  const runs = trialsPerPoint(experiment);
  const { heldOutRatio = 0 } = heldOut(experiment.data);
  const { name } = selectedMetric(experiment);
  const means = new Map(
    points.filter(({ done }) => done === runs)
      .map((result) => [pointKey(result.point), spreadOfMetric(result, name)!.mean]),
  );
  const sums = new Map<string, number>();
  const distances = trials.flatMap((result) => {
    const run = runKey(result);
    const mean = means.get(pointKey(result.point));
    const value = valueOf(result, name);
    if (mean === undefined || value === null) return [];
    sums.set(run, (sums.get(run) ?? 0) + value - mean);
    return [{ run, distance: value - mean }];
  });
  let squares = 0;
  for (const { run, distance } of distances) {
    const rest = distance - sums.get(run)! / means.size;
    squares += rest * rest;
  }
  const variance = squares / ((means.size - 1) * (runs - 1));
  return Math.sqrt(heldOutRatio === 0 ? variance / runs : variance * (1 / runs + heldOutRatio));
}
