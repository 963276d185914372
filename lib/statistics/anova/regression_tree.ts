import type { FactorialCell } from "./functional_anova.ts";

/** A factor that a tree splits by. */
export interface TreeFactor {
  /** The number of its levels. */
  readonly levels: number;
  /** Whether neighbouring levels belong together, as those of a number do; else any set of levels may be split off. */
  readonly isOrdered: boolean;
}

/** A box of combinations of levels, on which a tree is constant. */
export interface Leaf {
  /** `[factors]`: which levels it contains. */
  readonly levels: readonly (readonly number[])[];
  readonly value: number;
}

const FEWEST_CELLS = 2;

/**
 * Returns the leaves of a regression tree: boxes that cover every combination of levels once.
 *
 * Each split is the one that lowers the sum of squares most; the first factor and level win a tie. A leaf holds one
 * cell, or cells of one value.
 *
 * Source: Breiman, Friedman, Olshen and Stone, Classification and regression trees, 1984; theorem 4.5 for sets of
 * levels, which are ordered by their mean.
 */
export function growTree(
  cells: readonly FactorialCell[],
  { factors }: { readonly factors: readonly TreeFactor[] },
): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const whole = factors.map(({ levels }) => Array.from({ length: levels }, (_, level) => level));
  const open = [{ cells, levels: whole as readonly (readonly number[])[] }];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const split = node.cells.length < FEWEST_CELLS
      ? null
      : bestSplit(node.cells, { factors, box: node.levels });
    if (split === null) {
      leaves.push({ levels: node.levels, value: meanOf(node.cells) });
      continue;
    }
    const { factor, left } = split;
    for (const isLeft of [false, true]) {
      open.push({
        cells: node.cells.filter(({ levels }) => left.has(levels[factor]) === isLeft),
        levels: node.levels.map((all, index) =>
          index === factor ? all.filter((level) => left.has(level) === isLeft) : all
        ),
      });
    }
  }
  return leaves;
}

interface Split {
  readonly factor: number;
  readonly left: ReadonlySet<number>;
}

interface Node {
  readonly factors: readonly TreeFactor[];
  readonly box: readonly (readonly number[])[];
}

function bestSplit(cells: readonly FactorialCell[], { factors, box }: Node): Split | null {
  const mean = meanOf(cells);
  let best: Split | null = null;
  let mostGain = 0;
  factors.forEach(({ isOrdered, levels }, factor) => {
    const counts = new Float64Array(levels);
    const sums = new Float64Array(levels);
    for (const cell of cells) {
      counts[cell.levels[factor]]++;
      sums[cell.levels[factor]] += cell.value - mean;
    }
    const present = box[factor].filter((level) => counts[level] > 0);
    if (!isOrdered) present.sort((left, right) => sums[left] / counts[left] - sums[right] / counts[right]);
    let [count, sum] = [0, 0];
    present.slice(0, -1).forEach((level, place) => {
      count += counts[level];
      sum += sums[level];
      // The sums of both sides are opposite, since values are taken from their mean.
      const gain = (sum * sum) / count + (sum * sum) / (cells.length - count);
      if (gain <= mostGain + 1e-15 * cells.length) return;
      mostGain = gain;
      best = { factor, left: leftOf({ present, place, isOrdered, all: box[factor] }) };
    });
  });
  return best;
}

interface LeftSide {
  readonly present: readonly number[];
  readonly place: number;
  readonly isOrdered: boolean;
  readonly all: readonly number[];
}

/** Levels without a cell go with the lower neighbours of an ordered factor, and else to the right. */
function leftOf({ present, place, isOrdered, all }: LeftSide): ReadonlySet<number> {
  if (!isOrdered) return new Set(present.slice(0, place + 1));
  const middle = (present[place] + present[place + 1]) / 2;
  return new Set(all.filter((level) => level <= middle));
}

function meanOf(cells: readonly FactorialCell[]): number {
  let sum = 0;
  for (const { value } of cells) sum += value;
  return sum / cells.length;
}
