import type { Point } from "../../experiment/trial/trial.ts";
import { FEWEST_VALUES } from "../../statistics/mean_interval.ts";
import { wilsonInterval } from "../../statistics/wilson_interval.ts";
import { axisText } from "../summary/axis_text.ts";
import { selectedMetric, spreadOfMetric } from "../summary/metric.ts";
import { metricText } from "../summary/metric_text.ts";
import { percent } from "../summary/percent.ts";
import { winnerRows } from "../summary/split_rows.ts";
import type { Summary, Winner } from "../summary/summary.ts";
import { pointName } from "../summary/trial_name.ts";
import { type RunsOfPoint, runsText, trialsPerPoint } from "../summary/trials_per_point.ts";
import { isWorse, type PointComparison } from "./compare_points.ts";

/**
 * Returns the answer of an experiment in one or two sentences that its numbers bear out: which point leads, which ones
 * are worse, which ones cannot be told from it, and how many repeats would do.
 */
export function leadText(summary: Summary, comparisons: readonly PointComparison[]): string {
  const { winner, experiment, points, counts } = summary;
  const runs = trialsPerPoint(experiment);
  if (winner === null) {
    return `No point has all of its ${experiment.data.folds === undefined ? "repeats" : "trials"} done.`;
  }
  const name = pointName(winner.point);
  if (points.length === 1) return `There is one point, ${name}, and nothing to compare it with.`;
  const lead = `${name} leads${counts.pending > 0 ? " so far" : ""}`;
  if (runs === 1) return `${lead}. ${oneRepeatText(winner, summary)}`;
  if (runs < FEWEST_VALUES) {
    return `${lead}, and ${
      runsText(experiment)
    } are too few to tell another point from it; ${FEWEST_VALUES} are the fewest.`;
  }
  const worse = comparisons.filter(isWorse);
  const similar = comparisons.filter((comparison) => !isWorse(comparison));
  const others = { winner, count: comparisons.length };
  const stopped = points.filter(({ stoppedAfter }) => stoppedAfter !== undefined).length;
  const lost = points.length - 1 - comparisons.length - stopped;
  const parts = [
    lead,
    ...worse.length === 0 ? [] : [worseText(worse, others)],
    ...similar.length === 0 ? [] : [similarText(similar, { ...others, experiment })],
    ...stopped === 0 ? [] : [`the search stopped ${stopped} ${stopped === 1 ? "other" : "others"} early`],
    ...lost === 0 ? [] : [`${lost} ${lost === 1 ? "other has" : "others have"} no result to compare`],
  ];
  return `${parts.join("; ")}.`;
}

function oneRepeatText(winner: Winner, summary: Summary): string {
  const metric = selectedMetric(summary.experiment);
  const { mean } = spreadOfMetric(winner, metric.name)!;
  const rows = winnerRows(summary, "validation");
  const nothing = "With one repeat, nothing can be said beyond this seed";
  if (rows === null) return `${nothing}.`;
  if (!metric.isShareOfRows) {
    return `${nothing}: on ${rows} rows, its ${metric.measure} is ${metricText(mean, metric)}.`;
  }
  const { low, high } = wilsonInterval({ count: mean * rows, rows });
  return `${nothing}: on ${rows} rows, its ${metric.measure} of ${percent(mean)} has the 95 % interval ` +
    `${percent(low)} to ${percent(high)} (Wilson).`;
}

interface Others {
  readonly winner: Winner;
  /** How many points are compared with the winner. */
  readonly count: number;
}

function worseText(worse: readonly PointComparison[], others: Others): string {
  const isAll = worse.length === others.count && worse.length > 1;
  return `it is better than ${isAll ? `each of the other ${worse.length} points` : namesOf(worse, others)}`;
}

function similarText(
  similar: readonly PointComparison[],
  { experiment, ...others }: Others & { readonly experiment: RunsOfPoint },
): string {
  const isAll = similar.length === others.count && similar.length > MOST_NAMES;
  const text = isAll
    ? `none of the other ${others.count} points can be told from it with ${runsText(experiment)}`
    : `${namesOf(similar, others)} cannot be told from it with ${runsText(experiment)}`;
  const needed = similar.flatMap(({ repeatsNeeded, point }) =>
    repeatsNeeded === null ? [] : [{ point, repeatsNeeded }]
  );
  if (needed.length === 0) return text;
  const least = needed.reduce((best, one) => one.repeatsNeeded < best.repeatsNeeded ? one : best);
  if (least.repeatsNeeded > MOST_REPEATS) return `${text}, and ${MOST_REPEATS} would not do either`;
  const whom = similar.length === 1 ? "" : ` for ${labelOf(least.point, others)}`;
  return `${text}; about ${Math.max(least.repeatsNeeded, experiment.repeats + 1)} would be needed${whom}`;
}

const MOST_REPEATS = 1000;
const MOST_NAMES = 4;

/** Names of several axes contain commas, so that many such points are counted. */
function namesOf(comparisons: readonly PointComparison[], others: Others): string {
  const names = comparisons.map(({ point }) => labelOf(point, others));
  if (names.length === 1) return names[0];
  if (names.length > MOST_NAMES || Object.keys(others.winner.point).length > 1) {
    return `${names.length} of the other ${others.count} points`;
  }
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** Returns the value alone where there is one axis, since the winner's name has shown it. */
function labelOf(point: Point, { winner }: Others): string {
  const axes = Object.keys(winner.point);
  return axes.length === 1 ? axisText(point[axes[0]]) : pointName(point);
}
