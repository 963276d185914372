import type { AxisValue } from "../../experiment/trial/trial.ts";
import { type PairedEffects, pairedEffects } from "../../statistics/paired_effects.ts";
import { DECIDING_METRIC } from "../summary/metric.ts";
import type { Summary } from "../summary/summary.ts";
import { keyWithout, type VariedAxis } from "./varied_axes.ts";

/** The effects of an axis's values on the validation accuracy. */
export interface AxisEffects {
  readonly axis: string;
  readonly values: readonly AxisValue[];
  /** Levels are indices of values; differences are fractions. */
  readonly effects: PairedEffects;
}

/**
 * Returns how much worse each value of an axis is than its best one, between trials that are equal in all else, the
 * repeat included; null if no two trials are.
 */
export function axisEffects({ trials }: Summary, { axis, values, levelOf }: VariedAxis): AxisEffects | null {
  const observations = trials.flatMap(({ point, repeat, bestValidationAccuracy: value }) => {
    const level = levelOf(point);
    return value === null || level === null
      ? []
      : [{ level, block: `${repeat} ${keyWithout(point, axis)}`, value }];
  });
  const effects = pairedEffects(observations, DECIDING_METRIC);
  return effects === null ? null : { axis, values, effects };
}
