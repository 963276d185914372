import type { Split } from "../base/dataset.ts";

/** Rows of one split that a later one has too. */
export interface SharedRows {
  /** Rows of the later split whose features are all equal to those of a row of the first. */
  readonly count: number;
  /** The index of the first of them in the later split; -1 if there is none. */
  readonly first: number;
}

/** Counts the rows of a split whose features equal those of a row of the training split, by hashes of 53 bits. */
export function sharedRows(
  train: Pick<Split, "x" | "n">,
  later: Pick<Split, "x" | "n">,
): SharedRows {
  const known = rowHashes(train).sort();
  const hashes = rowHashes(later);
  const sorted = hashes.toSorted();
  let [count, at] = [0, 0];
  for (let i = 0; i < sorted.length; i++) {
    while (at < known.length && known[at] < sorted[i]) at++;
    if (at === known.length || known[at] !== sorted[i]) continue;
    count += 1;
  }
  return { count, first: count === 0 ? -1 : hashes.findIndex((hash) => hasSorted(known, hash)) };
}

/** Two multiplicative hashes of 32 bits each, of which 53 are kept. */
function rowHashes({ x, n }: Pick<Split, "x" | "n">): Float64Array {
  const words = x instanceof Uint8Array ? x : new Uint32Array(x.buffer, x.byteOffset, x.byteLength / 4);
  const width = words.length / n;
  const hashes = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    let [a, b] = [0x811c9dc5, 0x9e3779b9];
    for (let i = row * width; i < (row + 1) * width; i++) {
      a = Math.imul(a ^ words[i], 0x01000193);
      a ^= a >>> 15;
      b = Math.imul(b + words[i], 0x85ebca6b);
      b ^= b >>> 13;
    }
    hashes[row] = (a >>> 0) * 0x20_0000 + (b >>> 11);
  }
  return hashes;
}

function hasSorted(sorted: Float64Array, wanted: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted;
}
