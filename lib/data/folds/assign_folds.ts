/** The rows that are divided into folds. */
export interface FoldPool {
  /** The class of each row. */
  readonly labels: ArrayLike<number>;
  /** The number of each row's group, if rows of a group must stay together. */
  readonly groups?: ArrayLike<number>;
}

/**
 * Returns the fold of each row, from 0, `[rows]`; nothing is drawn.
 *
 * Rows are taken class by class, in their order, and dealt in turn over the folds, each class where the last one ended:
 * neither the folds nor the rows of a class in them differ by more than one row. Groups are given whole instead, the
 * largest first, each to the smallest fold; of equal groups and folds the first.
 */
export function assignFolds(pool: FoldPool, folds: number): Int32Array {
  const { labels, groups } = pool;
  return groups === undefined ? dealRows(labels, folds) : giveGroups(groups, folds);
}

function dealRows(labels: ArrayLike<number>, folds: number): Int32Array {
  const assigned = new Int32Array(labels.length);
  let dealt = 0;
  for (const rows of rowsByNumber(labels)) {
    for (const row of rows) assigned[row] = dealt++ % folds;
  }
  return assigned;
}

function giveGroups(groups: ArrayLike<number>, folds: number): Int32Array {
  const assigned = new Int32Array(groups.length);
  const sizes = new Int32Array(folds);
  for (const rows of rowsByNumber(groups).toSorted((left, right) => right.length - left.length)) {
    const smallest = sizes.reduce((least, size, fold) => size < sizes[least] ? fold : least, 0);
    sizes[smallest] += rows.length;
    for (const row of rows) assigned[row] = smallest;
  }
  return assigned;
}

/** Returns the rows of each number that occurs, the smallest number first. */
function rowsByNumber(numbers: ArrayLike<number>): readonly (readonly number[])[] {
  const rows = new Map<number, number[]>();
  for (let row = 0; row < numbers.length; row++) {
    const own = rows.get(numbers[row]);
    if (own === undefined) rows.set(numbers[row], [row]);
    else own.push(row);
  }
  return [...rows].sort(([left], [right]) => left - right).map(([, own]) => own);
}
