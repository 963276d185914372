import { openStream, shuffle } from "../../core/numbers/random.ts";
import type { RowCounts } from "./split_sizes.ts";

/** The rows of each split, in the order in which they are used. */
export interface DividedRows {
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

/** Options of {@link divideRows}. */
export interface DivideOptions {
  /** The rows to divide, in the order of the table. */
  readonly rows: Int32Array;
  readonly sizes: RowCounts;
  /** Seed of the shuffle. */
  readonly seed: number;
  /** The class of each row of the table, if each split is to have its share of each class. */
  readonly labels?: Int32Array;
  /** The number of each row's group, if groups are not to be divided. */
  readonly groups?: Int32Array;
  /** A number that orders the rows of the table, if later splits are to have later rows. */
  readonly times?: Float64Array;
}

/**
 * Divides rows into splits: shuffles them, then deals them so that each split has its share of each class, or whole
 * groups; or orders them by time.
 *
 * The count of a class in a split differs from its share by less than 2, and totals are exact. With groups, they are as
 * near as whole groups allow. Rows of a split keep the shuffled order, or that of time; of equal times that of the table.
 */
export function divideRows(options: DivideOptions): DividedRows {
  const { rows, sizes, seed, times } = options;
  if (times !== undefined) return byTimes(rows, { sizes, times });
  const order = rows.slice();
  shuffle(order, openStream(`table/${seed}`));
  if (options.groups !== undefined) return byGroups(order, { ...options, groups: options.groups });
  return options.labels === undefined
    ? inOrder(order, sizes)
    : byClasses(order, { ...options, labels: options.labels });
}

interface Timed {
  readonly sizes: RowCounts;
  readonly times: Float64Array;
}

/** Rows of the same time stay together, so that a later split has later rows only: the nearest place between two times. */
function byTimes(rows: Int32Array, { sizes, times }: Timed): DividedRows {
  const order = rows.toSorted((a, b) => times[a] - times[b] || a - b);
  const cut = (at: number) => {
    const isCut = (place: number) => place >= order.length || times[order[place - 1]] < times[order[place]];
    for (let step = 0; step < order.length; step++) {
      if (at - step > 0 && isCut(at - step)) return at - step;
      if (isCut(at + step)) return Math.min(at + step, order.length);
    }
    return order.length;
  };
  const first = cut(sizes.train);
  const second = cut(sizes.train + sizes.validation);
  const last = Math.min(sizes.train + sizes.validation + sizes.test, order.length);
  return {
    train: order.slice(0, first),
    validation: order.slice(first, second),
    test: order.slice(second, last),
  };
}

function inOrder(order: Int32Array, { train, validation, test }: RowCounts): DividedRows {
  return {
    train: order.slice(0, train),
    validation: order.slice(train, train + validation),
    test: order.slice(train + validation, train + validation + test),
  };
}

interface Classified extends DivideOptions {
  readonly labels: Int32Array;
}

/** Test rows are dealt first, then validation rows of those left, then training rows of these. */
function byClasses(order: Int32Array, { sizes, labels }: Classified): DividedRows {
  const test = deal(order, { labels, count: sizes.test });
  const validation = deal(test.left, { labels, count: sizes.validation });
  const train = deal(validation.left, { labels, count: sizes.train });
  return { train: train.taken, validation: validation.taken, test: test.taken };
}

interface Dealing {
  readonly labels: Int32Array;
  /** How many rows to take. */
  readonly count: number;
}

/** Takes rows, of each class its share: the first of the class. */
function deal(
  order: Int32Array,
  { labels, count }: Dealing,
): { readonly taken: Int32Array; readonly left: Int32Array } {
  let most = 0;
  for (let i = 0; i < order.length; i++) if (labels[order[i]] > most) most = labels[order[i]];
  const sizes = new Int32Array(most + 1);
  for (let i = 0; i < order.length; i++) sizes[labels[order[i]]] += 1;
  const quotas = shares(sizes, { count, total: order.length });
  const [taken, left] = [new Int32Array(count), new Int32Array(order.length - count)];
  let [given, kept] = [0, 0];
  for (let i = 0; i < order.length; i++) {
    const row = order[i];
    if (quotas[labels[row]]-- > 0) taken[given++] = row;
    else left[kept++] = row;
  }
  return { taken, left };
}

interface Taking {
  readonly count: number;
  readonly total: number;
}

/** A class with fewer rows left than this is spared, so that each split may have one. */
const FEW_LEFT = 2;

/**
 * Returns how many rows of each class are taken: the whole part of its share, and one more of those with the largest
 * remainder; of equal ones of the larger class, then of the smaller label. Classes that would have almost no row left come last.
 */
function shares(sizes: Int32Array, { count, total }: Taking): Int32Array {
  const classes = Array.from(sizes, (size, label) => {
    const share = size * count / total;
    const whole = Math.min(Math.floor(share), size);
    return { label, size, whole, rest: share - whole, isRare: size - whole - 1 < FEW_LEFT };
  });
  const order = classes.toSorted((a, b) =>
    Number(a.isRare) - Number(b.isRare) || b.rest - a.rest || b.size - a.size || a.label - b.label
  );
  let missing = count - classes.reduce((sum, { whole }) => sum + whole, 0);
  const quotas = Int32Array.from(classes, ({ whole }) => whole);
  // A class that is spared may leave more than one row to each of the others.
  while (missing > 0) {
    for (const { label, size } of order) {
      if (missing === 0 || quotas[label] === size) continue;
      quotas[label] += 1;
      missing -= 1;
    }
  }
  return quotas;
}

interface Grouped extends DivideOptions {
  readonly groups: Int32Array;
}

/**
 * Gives whole groups to the splits, the largest first, of equal ones in the shuffled order: each to the split that lacks
 * most of its rows.
 */
function byGroups(order: Int32Array, { sizes, groups }: Grouped): DividedRows {
  const members = new Map<number, number[]>();
  for (const row of order) {
    const own = members.get(groups[row]);
    if (own === undefined) members.set(groups[row], [row]);
    else own.push(row);
  }
  const names = ["train", "validation", "test"] as const;
  const lacking = { ...sizes };
  const splitOf = new Map<number, typeof names[number]>();
  for (const [group, rows] of [...members].sort(([, a], [, b]) => b.length - a.length)) {
    const split = names.reduce((most, name) => lacking[name] > lacking[most] ? name : most);
    // Rows that no split lacks are not used.
    if (lacking[split] <= 0) continue;
    lacking[split] -= rows.length;
    splitOf.set(group, split);
  }
  const rowsOf = (split: typeof names[number]) => order.filter((row) => splitOf.get(groups[row]) === split);
  return { train: rowsOf("train"), validation: rowsOf("validation"), test: rowsOf("test") };
}
