import { forestAnova } from "../../statistics/anova/forest_anova.ts";
import {
  type FactorialCell,
  functionalAnova,
  type VarianceShares,
} from "../../statistics/anova/functional_anova.ts";
import { selectedMetric, spreadOfMetric } from "../summary/metric.ts";
import type { Summary } from "../summary/summary.ts";
import { variedAxesOf, type VariedAxis } from "./varied_axes.ts";

/** How much of the variance between points the axes explain. */
export interface AxisShares {
  /** Whether each point of the grid has a result, so that the shares are exact; else a forest estimates them. */
  readonly isExact: boolean;
  /** Single axes and pairs of them, the largest share first; shares add up to 1 with the rest. */
  readonly parts: readonly AxisShare[];
  /** The share that three and more axes explain only together. */
  readonly rest: number;
}

/** The share of an axis, or of two axes together. */
export interface AxisShare {
  readonly axes: readonly string[];
  /** A fraction. */
  readonly share: number;
}

/** A tree splits no finer, and its marginal means would take the square of the levels. */
const MOST_LEVELS = 64;

/** Values beyond 64 are taken together with their neighbours: a sampled axis has as many values as points. */
function forestShares(
  cells: readonly FactorialCell[],
  { factors, seed }: { readonly factors: readonly Factor[]; readonly seed: string },
): VarianceShares | null {
  const isFine = factors.map(({ levels }) => levels > MOST_LEVELS);
  const groupOf = (level: number, factor: number) =>
    isFine[factor] ? Math.floor((level * MOST_LEVELS) / factors[factor].levels) : level;
  return forestAnova(cells.map(({ levels, value }) => ({ levels: levels.map(groupOf), value })), {
    factors: factors.map(({ levels, isOrdered }) => ({ levels: Math.min(levels, MOST_LEVELS), isOrdered })),
    seed,
  });
}

/** An axis as an analysis of variance takes it. */
interface Factor extends Pick<VariedAxis, "isOrdered" | "levelOf"> {
  readonly levels: number;
}

/** Where points lack an axis, that is one more value of it, which no number is near to. */
function factorOf({ axis, values, isOrdered, levelOf }: VariedAxis, { points }: Summary): Factor {
  if (points.every(({ point }) => Object.hasOwn(point, axis))) {
    return { levels: values.length, isOrdered, levelOf };
  }
  return {
    levels: values.length + 1,
    isOrdered: false,
    levelOf: (point) => Object.hasOwn(point, axis) ? levelOf(point) : values.length,
  };
}

/** With fewer points a forest has nothing to split. */
const FEWEST_POINTS = 4;

/**
 * Returns the functional analysis of variance of the points' means of the metric that decides; null with fewer than two axes
 * or four points, or if all means are equal.
 */
export function axisShares(summary: Summary): AxisShares | null {
  const { name } = selectedMetric(summary.experiment);
  const axes = variedAxesOf(summary);
  const factors = axes.map((axis) => factorOf(axis, summary));
  const cells = summary.points.flatMap((result) => {
    const spread = spreadOfMetric(result, name);
    const { point } = result;
    const levels = factors.map(({ levelOf }) => levelOf(point)).filter((level) => level !== null);
    return spread === null || levels.length < axes.length ? [] : [{ levels, value: spread.mean }];
  });
  if (axes.length < 2 || cells.length < FEWEST_POINTS) return null;
  const exact = functionalAnova(cells, { levelCounts: factors.map(({ levels }) => levels) });
  const shares = exact ?? forestShares(cells, { factors, seed: `${summary.experiment.seed}/axis_shares` });
  if (shares === null) return null;
  const parts = [
    ...shares.single.map((share, factor) => ({ axes: [axes[factor].axis], share })),
    ...shares.pairs.map(({ first, second, share }) => ({
      axes: [axes[first].axis, axes[second].axis],
      share,
    })),
  ];
  return {
    isExact: exact !== null,
    parts: parts.toSorted((left, right) => right.share - left.share),
    rest: shares.rest,
  };
}
