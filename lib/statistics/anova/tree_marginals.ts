import { factorPairs, type Marginals } from "./functional_anova.ts";
import type { Leaf } from "./regression_tree.ts";

/**
 * Returns the marginal means of a tree, where each factor's levels are equally likely.
 *
 * The share of a leaf is the product of its shares of each factor's levels (Hutter, Hoos and Leyton-Brown 2014,
 * algorithm 2).
 *
 * @param options.levelCounts `[factors]`: the number of levels of each factor.
 */
export function treeMarginals(
  leaves: readonly Leaf[],
  { levelCounts }: { readonly levelCounts: readonly number[] },
): Marginals {
  const single = levelCounts.map((count) => new Float64Array(count));
  const places = factorPairs(levelCounts);
  const pairs = places.map(({ size }) => new Float64Array(size));
  let mean = 0;
  let squares = 0;
  for (const { levels, value } of leaves) {
    const shares = levels.map((held, factor) => held.length / levelCounts[factor]);
    const volume = shares.reduce((product, share) => product * share, 1);
    mean += volume * value;
    squares += volume * value * value;
    levels.forEach((held, factor) => {
      for (const level of held) single[factor][level] += (volume / shares[factor]) * value;
    });
    places.forEach(({ first, second }, index) => {
      const part = (volume / (shares[first] * shares[second])) * value;
      for (const row of levels[first]) {
        for (const column of levels[second]) pairs[index][row * levelCounts[second] + column] += part;
      }
    });
  }
  return { mean, variance: Math.max(0, squares - mean * mean), single, pairs };
}
