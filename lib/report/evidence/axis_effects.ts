import type { MetricFacts } from "../../core/facts/metric.ts";
import type { AxisValue } from "../../experiment/trial/trial.ts";
import { heldOut } from "../../statistics/held_out.ts";
import { type PairedEffects, pairedEffects } from "../../statistics/paired_effects.ts";
import { selectedMetric, valueOf } from "../summary/metric.ts";
import { runKey } from "../summary/rank_points.ts";
import type { Summary } from "../summary/summary.ts";
import { keyWithout, type VariedAxis } from "./varied_axes.ts";

/** The effects of an axis's values on the metric that decides. */
export interface AxisEffects {
  readonly axis: string;
  readonly values: readonly AxisValue[];
  /** Levels are indices of values; differences are of values of the metric. */
  readonly effects: PairedEffects;
  readonly metric: MetricFacts;
}

/**
 * Returns how much worse each value of an axis is than its best one, between trials that are equal in all else, the
 * repeat and the fold included; null if no two trials are.
 */
export function axisEffects(
  { trials, experiment }: Summary,
  { axis, values, levelOf }: VariedAxis,
): AxisEffects | null {
  const metric = selectedMetric(experiment);
  const observations = trials.flatMap((result) => {
    const { point } = result;
    const value = valueOf(result, metric.name);
    const level = levelOf(point);
    return value === null || level === null
      ? []
      : [{ level, block: `${runKey(result)} ${keyWithout(point, axis)}`, value }];
  });
  const effects = pairedEffects(observations, { ...metric, ...heldOut(experiment.data) });
  return effects === null ? null : { axis, values, effects, metric };
}
