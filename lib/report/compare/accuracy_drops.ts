import {
  gainOf,
  isBetter,
  type MetricFacts,
  metricFacts,
  type MetricName,
  testName,
  USUAL_METRIC,
} from "../../core/facts/metric.ts";
import { counted } from "../../core/text/counted.ts";
import type { Point } from "../../experiment/trial/trial.ts";
import { heldOut } from "../../statistics/held_out.ts";
import { FEWEST_VALUES } from "../../statistics/mean_interval.ts";
import { NORMAL_975 } from "../../statistics/normal_quantiles.ts";
import { pairedDifference } from "../../statistics/paired_difference.ts";
import { differenceText } from "../evidence/point_rows.ts";
import { type Measuring, type Metric, selectedMetric, testValueOf, valueOf } from "../summary/metric.ts";
import { unitText } from "../summary/metric_text.ts";
import { pointKey } from "../summary/rank_points.ts";
import { splitRows, type SplitSource } from "../summary/split_rows.ts";
import type { EnsembleResult, TrialResult } from "../summary/summary.ts";
import { pointName } from "../summary/trial_name.ts";
import { valuesText } from "../summary/trials_per_point.ts";

/** A change of a point's accuracy, or of the metric that decides, and whether it is worse by more than chance. */
export interface AccuracyDrop {
  readonly point: Point;
  readonly split: "validation" | "test";
  /** The metric, if it is not the accuracy. */
  readonly metric?: MetricName;
  /** Values that both results have: one per repeat, or per fold of each. */
  readonly repeats: number;
  /** The number of folds, if the values are of folds. */
  readonly folds?: number;
  /** Mean change. */
  readonly mean: number;
  /** Half width of its 95 % interval; null if neither repeats nor rows give one. */
  readonly halfWidth: number | null;
  /** Whether the spread of repeats gave the interval, or the number of the split's rows. */
  readonly from: "repeats" | "rows";
  /** Whether the whole interval is worse than no change. */
  readonly isMore: boolean;
  /** Only if it is of the winner's nets together. */
  readonly isOfEnsemble?: true;
}

/** A trial on both sides. */
export interface TrialPair {
  readonly before: TrialResult;
  readonly after: TrialResult;
}

/**
 * Returns the points whose accuracy changed, and whether each loss is more than chance.
 *
 * From three repeats on, the paired interval of the change decides. Below, the interval of the difference of two
 * fractions on the split's rows does: it is wider, since it does not know which rows changed.
 */
export function accuracyDrops(
  pairs: readonly TrialPair[],
  source: SplitSource & { readonly experiment: Measuring },
): readonly AccuracyDrop[] {
  const groups = Map.groupBy(pairs, ({ after }) => pointKey(after.point));
  const { experiment } = source;
  const metric = selectedMetric(experiment);
  const rowsOf = (split: AccuracyDrop["split"]) => metric.isShareOfRows ? splitRows(source, split) : null;
  return [...groups.values()].flatMap((group) => [
    ...dropOf(group, {
      split: "validation",
      metric,
      valueOf: (trial) => valueOf(trial, metric.name),
      rows: rowsOf("validation"),
      folds: experiment.data.folds,
    }),
    ...dropOf(group, {
      split: "test",
      metric,
      valueOf: (trial) => testValueOf(trial, testName(metric.name)),
      rows: rowsOf("test"),
    }),
  ]);
}

/**
 * Returns how the ensemble of a point changed, and whether a loss is more than chance: it is one value, which the rows of the
 * test split judge.
 */
export function ensembleDrops(
  { point, before, after }: {
    readonly point: Point;
    readonly before: EnsembleResult;
    readonly after: EnsembleResult;
  },
  source: SplitSource & { readonly experiment: Measuring },
): readonly AccuracyDrop[] {
  const metric = selectedMetric(source.experiment);
  const pair = { before: { point, ...before }, after: { point, ...after } };
  return dropOf([pair], {
    split: "test",
    metric,
    valueOf: (result) => testValueOf(result, testName(metric.name)),
    rows: metric.isShareOfRows ? splitRows(source, "test") : null,
  }).map((drop) => ({ ...drop, isOfEnsemble: true as const }));
}

interface Measured<T> {
  readonly split: AccuracyDrop["split"];
  readonly metric: MetricFacts & Metric;
  readonly valueOf: (result: T) => number | null;
  /** Rows of the split; null if not known. */
  readonly rows: number | null;
  /** The number of folds that the values are of. Default: none. */
  readonly folds?: number;
}

function dropOf<T extends Pick<TrialResult, "point">>(
  group: readonly { readonly before: T; readonly after: T }[],
  { split, metric, valueOf, rows, folds }: Measured<T>,
): readonly AccuracyDrop[] {
  const values = group.flatMap(({ before, after }) => {
    const [left, right] = [valueOf(after), valueOf(before)];
    return left === null || right === null ? [] : [[left, right] as const];
  });
  if (values.every(([after, before]) => after === before)) return [];
  const { count, mean, halfWidth } = pairedDifference(values, heldOut({ folds }))!;
  const isPaired = count >= FEWEST_VALUES;
  const width = isPaired ? halfWidth : rowsHalfWidth(values, rows);
  return [{
    point: group[0].after.point,
    split,
    ...metric.name === USUAL_METRIC ? {} : { metric: metric.name },
    repeats: count,
    ...folds === undefined ? {} : { folds },
    mean,
    halfWidth: width,
    from: isPaired ? "repeats" : "rows",
    isMore: gainOf(mean, { over: 0, metric }) + (width ?? 0) < 0,
  }];
}

/** The normal interval of a difference of two independent fractions (Newcombe 1998, method 1). */
function rowsHalfWidth(values: readonly (readonly [number, number])[], rows: number | null): number | null {
  if (rows === null) return null;
  const variance = [0, 1].reduce((sum, side) => {
    const mean = values.reduce((total, pair) => total + pair[side], 0) / values.length;
    return sum + (mean * (1 - mean)) / rows;
  }, 0);
  return NORMAL_975 * Math.sqrt(variance);
}

/** Returns a change with the interval that judged it, as a line of a check. */
export function dropText(drop: AccuracyDrop): string {
  const { point, split, metric: name, repeats, folds, mean, halfWidth, from, isMore, isOfEnsemble } = drop;
  const metric = metricFacts(name ?? USUAL_METRIC);
  const basis = from === "repeats"
    ? `paired over ${valuesText(repeats, { folds })}`
    : isOfEnsemble
    ? `from the ${split} rows`
    : `from the ${split} rows, with ${
      folds === undefined ? counted(repeats, "repeat") : valuesText(repeats, { folds })
    }`;
  const isWorse = isBetter(0, { than: mean, metric });
  const beyond = name === undefined ? "a loss beyond chance" : "worse beyond chance";
  const judged = isMore ? beyond : isWorse ? "within chance" : name === undefined ? "no loss" : "not worse";
  const what = name === undefined ? "" : ` ${metric.measure}`;
  const interval = halfWidth === null ? "" : ` (95 % interval, ${basis})`;
  return `${pointName(point)}${isOfEnsemble ? " (ensemble)" : ""}: ${split}${what} ${
    differenceText({ mean, halfWidth }, metric)
  }${unitText(metric)}${interval}: ${judged}`;
}
