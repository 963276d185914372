import type { GateMetric } from "../../core/facts/gate_policy.ts";
import {
  gainOf,
  isMetricName,
  metricFacts,
  type TestMetricName,
  testName,
  USUAL_METRIC,
} from "../../core/facts/metric.ts";
import { testValueOf, valueOf } from "../summary/metric.ts";
import { pointKey } from "../summary/rank_points.ts";
import type { TrialResult } from "../summary/summary.ts";
import type { AccuracyDrop, TrialPair } from "./accuracy_drops.ts";
import type { MeanChange, PointComparison } from "./comparison.ts";
import type { Gate } from "./gate.ts";

/** Options of {@link judgePoints}. */
export interface JudgeOptions {
  readonly gate: Gate;
  /** The changes that chance was asked about, where the tolerance is "auto". */
  readonly drops: readonly AccuracyDrop[];
  /** The number of folds of the trials. Default: none. */
  readonly folds?: number;
}

/** Returns what gives a trial's value of a metric; null if it has none. */
function valuesOf(metric: GateMetric): (trial: TrialResult) => number | null {
  return isMetricName(metric)
    ? (trial) => valueOf(trial, metric)
    : (trial) => testValueOf(trial, metric as TestMetricName);
}

/** Returns whether a judged accuracy of a trial changed. */
export function isChanged({ before, after }: TrialPair, { select }: Pick<Gate, "select">): boolean {
  return select.some((metric) => {
    const [old, now] = [before, after].map(valuesOf(metric));
    return old !== null && now !== null && old !== now;
  });
}

/**
 * Judges each point at which a judged accuracy changed, by its means over the repeats that both sides have.
 *
 * One repeat may lose what another gains; a regression is a loss of the mean.
 */
export function judgePoints(pairs: readonly TrialPair[], options: JudgeOptions): readonly PointComparison[] {
  const groups = Map.groupBy(pairs, ({ after }) => pointKey(after.point));
  const drops = Map.groupBy(options.drops, ({ point }) => pointKey(point));
  return [...groups]
    .filter(([, group]) => group.some((pair) => isChanged(pair, options.gate)))
    .map(([key, group]) => judgePoint(group, { ...options, drops: drops.get(key) ?? [] }));
}

function judgePoint(group: readonly TrialPair[], { gate, drops, folds }: JudgeOptions): PointComparison {
  const { point } = group[0].after;
  const change = (metric: GateMetric) =>
    gate.select.includes(metric) ? meanChange(group, valuesOf(metric)) : null;
  const { metric: name = USUAL_METRIC } = gate;
  const [validation, test] = [change(name), change(testName(name))];
  const verdict = verdictOf([validation, test], { gate, drops });
  const own = folds === undefined ? {} : { folds };
  return { point, verdict, repeats: group.length, ...own, validation, test };
}

function meanChange(
  group: readonly TrialPair[],
  valueOf: (trial: TrialResult) => number | null,
): MeanChange | null {
  let [before, after, count] = [0, 0, 0];
  for (const pair of group) {
    const [old, now] = [valueOf(pair.before), valueOf(pair.after)];
    if (old === null || now === null) continue;
    before += old;
    after += now;
    count += 1;
  }
  return count === 0 ? null : { before: before / count, after: after / count };
}

// Above the rounding error of a difference of fractions, and below the difference of one row in a billion.
const ROUNDING = 1e-12;

/** Returns the verdict on changes of the metric that decides, of which one at least is another value. */
export function verdictOf(
  changes: readonly (MeanChange | null)[],
  { gate, drops }: JudgeOptions,
): PointComparison["verdict"] {
  const { tolerance, suspicious, metric: name = USUAL_METRIC } = gate;
  const metric = metricFacts(name);
  const gains = changes.map((change) =>
    change === null ? 0 : gainOf(change.after, { over: change.before, metric })
  );
  const isWorse = tolerance === "auto"
    ? drops.some(({ isMore }) => isMore)
    : gains.some((gain) => gain < -tolerance - ROUNDING);
  if (isWorse) return "regression";
  if (suspicious !== null && gains.some((gain) => gain > suspicious + ROUNDING)) return "suspicious";
  return gains.some((gain) => gain > ROUNDING) && gains.every((gain) => gain >= -ROUNDING)
    ? "improved"
    : "within";
}
