import type { MeanIntervalOptions } from "./mean_interval.ts";
import { type PairedDifference, pairedDifference } from "./paired_difference.ts";

/** A measurement at one level of a factor. */
export interface Observation {
  /** Index of the level. */
  readonly level: number;
  /** Names what else decides it: observations of one block differ in the level alone. */
  readonly block: string;
  readonly value: number;
}

/** The effect of one level. */
export interface LevelEffect {
  readonly level: number;
  /** Difference to the best level over the blocks that have both; null for the best, or without such a block. */
  readonly difference: PairedDifference | null;
  /** The single differences to the best level, in the order of their blocks. */
  readonly differences: readonly number[];
}

/** The effects of a factor's levels. */
export interface PairedEffects {
  /** The level with the highest, or lowest, mean distance from the mean of its blocks; the first wins a tie. */
  readonly best: number;
  /** One a level that is in a block with another level, in order. */
  readonly levels: readonly LevelEffect[];
}

/** Options of {@link pairedEffects}. */
export interface EffectOptions extends MeanIntervalOptions {
  readonly higherIsBetter: boolean;
}

/**
 * Returns how much worse each level of a factor is than the best one, over blocks in which all else is equal; null if
 * no block has two levels.
 *
 * What a block has in common, such as a good learning rate, cancels in its differences. Means over all observations of
 * a level mix it in.
 *
 * Source: Fisher, The design of experiments, 1935 (randomized blocks).
 */
export function pairedEffects(
  observations: readonly Observation[],
  { higherIsBetter, ...interval }: EffectOptions,
): PairedEffects | null {
  const blocks = [...Map.groupBy(observations, ({ block }) => block).values()]
    .filter((block) => block.length > 1);
  const distances = new Map<number, { sum: number; count: number }>();
  for (const block of blocks) {
    const mean = block.reduce((sum, { value }) => sum + value, 0) / block.length;
    for (const { level, value } of block) {
      const distance = distances.get(level) ?? { sum: 0, count: 0 };
      distances.set(level, { sum: distance.sum + value - mean, count: distance.count + 1 });
    }
  }
  const levels = [...distances.keys()].sort((left, right) => left - right);
  if (levels.length === 0) return null;
  const goodness = (level: number) => {
    const { sum, count } = distances.get(level)!;
    return (higherIsBetter ? sum : -sum) / count;
  };
  const best = levels.reduce((leader, level) => goodness(level) > goodness(leader) ? level : leader);
  const pairs = new Map<number, (readonly [number, number])[]>(levels.map((level) => [level, []]));
  for (const block of blocks) {
    const reference = block.find(({ level }) => level === best);
    if (reference === undefined) continue;
    for (const { level, value } of block) {
      if (level !== best) pairs.get(level)!.push([value, reference.value]);
    }
  }
  return {
    best,
    levels: levels.map((level) => ({
      level,
      difference: pairedDifference(pairs.get(level)!, interval),
      differences: pairs.get(level)!.map(([left, right]) => left - right),
    })),
  };
}
