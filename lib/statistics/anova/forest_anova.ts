import { openStream, type RandomStream } from "../../core/numbers/random.ts";
import { type FactorialCell, sharesOf, type VarianceShares } from "./functional_anova.ts";
import { growTree, type TreeFactor } from "./regression_tree.ts";
import { treeMarginals } from "./tree_marginals.ts";

const TREES = 16;
const MOST_CELLS = 2000;

/** Options of {@link forestAnova}. */
export interface ForestOptions {
  readonly factors: readonly TreeFactor[];
  /** Path of the random stream, visible ASCII. */
  readonly seed: string;
}

/**
 * Returns the functional analysis of variance of a function that is known at some combinations of levels only; null if
 * it is constant there.
 *
 * A forest of 16 regression trees, each grown on a bootstrap sample of at most 2,000 cells, stands for the function. A
 * tree is constant on boxes, so that its marginal means are exact. The shares are means over the trees.
 *
 * Source: Hutter, Hoos and Leyton-Brown, An efficient approach for assessing hyperparameter importance, 2014. Their
 * forest has also random subsets of factors a split; here every split sees all.
 */
export function forestAnova(
  cells: readonly FactorialCell[],
  { factors, seed }: ForestOptions,
): VarianceShares | null {
  if (cells.length === 0) return null;
  const stream = openStream(seed);
  const levelCounts = factors.map(({ levels }) => levels);
  const found: VarianceShares[] = [];
  for (let tree = 0; tree < TREES; tree++) {
    const leaves = growTree(bootstrap(cells, stream), { factors });
    const shares = sharesOf(treeMarginals(leaves, { levelCounts }), { levelCounts });
    if (shares !== null) found.push(shares);
  }
  return found.length === 0 ? null : meanShares(found);
}

function bootstrap(cells: readonly FactorialCell[], stream: RandomStream): readonly FactorialCell[] {
  const size = Math.min(MOST_CELLS, cells.length);
  return Array.from({ length: size }, () => cells[stream.below(cells.length)]);
}

function meanShares(found: readonly VarianceShares[]): VarianceShares {
  const mean = (value: (shares: VarianceShares) => number) =>
    found.reduce((sum, shares) => sum + value(shares), 0) / found.length;
  const [first] = found;
  return {
    single: first.single.map((_, factor) => mean(({ single }) => single[factor])),
    pairs: first.pairs.map((pair, index) => ({ ...pair, share: mean(({ pairs }) => pairs[index].share) })),
    rest: mean(({ rest }) => rest),
  };
}
