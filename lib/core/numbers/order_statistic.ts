/**
 * Returns the number that would be at an index if the numbers were sorted, in a time that grows linearly on average; it
 * moves what is less before it and what is more behind it.
 *
 * Source: Hoare's selection, with the median of three as pivot. A range that shrinks too slowly is sorted instead.
 */
export function orderStatistic(values: Float64Array, index: number): number {
  let [low, high] = [0, values.length - 1];
  for (let round = 0; high - low > SMALL; round++) {
    if (round > MOST_ROUNDS) break;
    const pivot = medianOfThree(values[low], values[(low + high) >>> 1], values[high]);
    let [left, right] = [low, high];
    while (left <= right) {
      while (values[left] < pivot) left++;
      while (values[right] > pivot) right--;
      if (left > right) break;
      const value = values[left];
      values[left++] = values[right];
      values[right--] = value;
    }
    if (index <= right) high = right;
    else if (index >= left) low = left;
    else return values[index];
  }
  values.subarray(low, high + 1).sort();
  return values[index];
}

const SMALL = 32;

/** A range that halves each time has one number left after as many rounds. */
const MOST_ROUNDS = 64;

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
