import { expectedMaximum } from "../../statistics/expected_maximum.ts";
import { selectedMetric, spreadOfMetric, valueOf } from "../summary/metric.ts";
import { pointKey } from "../summary/rank_points.ts";
import { splitRows } from "../summary/split_rows.ts";
import type { Summary } from "../summary/summary.ts";

/** How much the choice of the winner flatters its value of the metric that decides. */
export interface SelectionOptimism {
  /** The points it was chosen among. */
  readonly points: number;
  /** By how much the best of that many equally good points is better than them on average, in values of the metric. */
  readonly gain: number;
  /** Whether the spread of repeats gave it, or with one repeat the number of validation rows. */
  readonly from: "repeats" | "rows";
}

/**
 * Returns the optimism of having chosen the winner among all complete points; null with one point, or if its size cannot
 * be known.
 *
 * The gain is the expected largest of k standard normal values times the standard error of a point's mean. What a
 * repeat does to all points alike cannot decide between them, and is taken out of that error.
 *
 * Source: Cawley and Talbot, On over-fitting in model selection and subsequent selection bias, 2010.
 */
export function selectionOptimism(summary: Summary): SelectionOptimism | null {
  const { points, experiment: { repeats } } = summary;
  const complete = points.filter(({ done }) => done === repeats);
  if (summary.winner === null || complete.length < 2) return null;
  const error = repeats === 1 ? errorFromRows(summary) : errorFromRepeats(summary);
  if (error === null) return null;
  return {
    points: complete.length,
    gain: expectedMaximum(complete.length) * error,
    from: repeats === 1 ? "rows" : "repeats",
  };
}

function errorFromRows({ winner, experiment }: Summary): number | null {
  const rows = splitRows(experiment, "validation");
  const metric = selectedMetric(experiment);
  if (rows === null || !metric.isShareOfRows) return null;
  const { mean } = spreadOfMetric(winner!, metric.name)!;
  return Math.sqrt((mean * (1 - mean)) / rows);
}

/** The standard error of a point's mean, from what is left without the means of points and repeats. */
function errorFromRepeats({ trials, points, experiment }: Summary): number {
  const { repeats } = experiment;
  const { name } = selectedMetric(experiment);
  const means = new Map(
    points.filter(({ done }) => done === repeats)
      .map((result) => [pointKey(result.point), spreadOfMetric(result, name)!.mean]),
  );
  const sums = new Map<number, number>();
  const distances = trials.flatMap((result) => {
    const { point, repeat } = result;
    const mean = means.get(pointKey(point));
    const value = valueOf(result, name);
    if (mean === undefined || value === null) return [];
    sums.set(repeat, (sums.get(repeat) ?? 0) + value - mean);
    return [{ repeat, distance: value - mean }];
  });
  let squares = 0;
  for (const { repeat, distance } of distances) {
    const rest = distance - sums.get(repeat)! / means.size;
    squares += rest * rest;
  }
  return Math.sqrt(squares / ((means.size - 1) * (repeats - 1)) / repeats);
}
