/** The value of a function at one combination of levels. */
export interface FactorialCell {
  /** `[factors]`: the index of each factor's level. */
  readonly levels: readonly number[];
  readonly value: number;
}

/** How much of the variance of a function its factors explain. */
export interface VarianceShares {
  /** `[factors]`: shares of single factors, in [0, 1]. */
  readonly single: readonly number[];
  /** Shares that two factors explain only together, first by first factor, then by second. */
  readonly pairs: readonly PairShare[];
  /** What is left for three and more factors together. All shares add up to 1. */
  readonly rest: number;
}

/** The share of two factors together. */
export interface PairShare {
  readonly first: number;
  readonly second: number;
  readonly share: number;
}

/** Sums of a function over parts of its factors' levels, from which {@link sharesOf} computes variances. */
export interface Marginals {
  readonly mean: number;
  readonly variance: number;
  /** `[factors][levels]`: means where a factor has a level. */
  readonly single: readonly Float64Array[];
  /** Means where two factors have two levels, at `first level * levels of the second + second level`. */
  readonly pairs: readonly Float64Array[];
}

/**
 * Returns the functional analysis of variance of a function that is known at every combination of levels once; null if
 * it is not, or if it is constant.
 *
 * Source: Hooker, Generalized functional ANOVA diagnostics, 2007; on a balanced factorial these are the sums of squares
 * of the classical analysis of variance, over their total.
 *
 * @param options.levelCounts `[factors]`: the number of levels of each factor.
 */
export function functionalAnova(
  cells: readonly FactorialCell[],
  { levelCounts }: { readonly levelCounts: readonly number[] },
): VarianceShares | null {
  if (!isFullFactorial(cells, levelCounts)) return null;
  const single = levelCounts.map((count) => new Float64Array(count));
  const places = factorPairs(levelCounts);
  const pairs = places.map(({ size }) => new Float64Array(size));
  let mean = 0;
  for (const { value } of cells) mean += value / cells.length;
  let variance = 0;
  for (const { levels, value } of cells) {
    const deviation = value - mean;
    variance += (deviation * deviation) / cells.length;
    levels.forEach((level, factor) => single[factor][level] += (value * levelCounts[factor]) / cells.length);
    places.forEach(({ first, second, size }, index) => {
      pairs[index][levels[first] * levelCounts[second] + levels[second]] += (value * size) / cells.length;
    });
  }
  return sharesOf({ mean, variance, single, pairs }, { levelCounts });
}

/** Returns the shares of variances, from marginal means; null if the function is constant. */
export function sharesOf(
  { mean, variance, single, pairs }: Marginals,
  { levelCounts }: { readonly levelCounts: readonly number[] },
): VarianceShares | null {
  // A variance that rounding alone gives.
  if (!(variance > 1e-24 * (1 + mean * mean))) return null;
  const shares = single.map((means) => meanSquare(means, (level) => means[level] - mean) / variance);
  const pairShares = factorPairs(levelCounts).map(({ first, second }, index) => {
    const columns = levelCounts[second];
    const share = meanSquare(pairs[index], (cell) => {
      const [row, column] = [Math.floor(cell / columns), cell % columns];
      return pairs[index][cell] - single[first][row] - single[second][column] + mean;
    }) / variance;
    return { first, second, share };
  });
  const sum = [...shares, ...pairShares.map(({ share }) => share)].reduce((total, share) => total + share, 0);
  return { single: shares, pairs: pairShares, rest: Math.max(0, 1 - sum) };
}

/** Two factors, and the number of combinations of their levels. */
export interface FactorPair {
  readonly first: number;
  readonly second: number;
  readonly size: number;
}

/** Returns all pairs of factors, first by first factor, then by second. */
export function factorPairs(levelCounts: readonly number[]): readonly FactorPair[] {
  return levelCounts.flatMap((count, first) =>
    levelCounts.slice(first + 1).map((other, offset) => {
      return { first, second: first + 1 + offset, size: count * other };
    })
  );
}

function meanSquare(values: Float64Array, effect: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += effect(index) * effect(index);
  return sum / values.length;
}

function isFullFactorial(cells: readonly FactorialCell[], levelCounts: readonly number[]): boolean {
  const size = levelCounts.reduce((product, count) => product * count, 1);
  if (cells.length !== size) return false;
  const seen = new Set(
    cells.map(({ levels }) =>
      levels.reduce((place, level, factor) => place * levelCounts[factor] + level, 0)
    ),
  );
  return seen.size === size;
}
