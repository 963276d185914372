/** Returns a quantile of sorted values, with linear interpolation. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const { below, above, rest } = placeOf(share, sorted.length);
  return between(sorted[below], sorted[above], rest);
}

/** Returns the same quantile of values in any order, and reorders them; sorting takes several times as long. */
export function quantileOf(values: Float64Array, share: number): number {
  const { below, above, rest } = placeOf(share, values.length);
  const low = selected(values, below);
  // What is above the place is not less.
  let high = above === below ? low : values[above];
  for (let index = above + 1; index < values.length; index++) if (values[index] < high) high = values[index];
  return between(low, above === below ? low : high, rest);
}

function placeOf(share: number, length: number) {
  const place = share * (length - 1);
  const below = Math.floor(place);
  return { below, above: Math.min(below + 1, length - 1), rest: place - below };
}

function between(low: number, high: number, rest: number): number {
  return low + rest * (high - low);
}

/** The most partitions: values in an unlucky order are sorted. */
const MOST_PARTITIONS = 60;

/**
 * Returns the value that sorted values have at a place, after moving what is less before it and what is more behind it.
 *
 * Source: Hoare, Algorithm 65: Find, 1961.
 */
function selected(values: Float64Array, place: number): number {
  let [from, to] = [0, values.length - 1];
  for (let count = 0; from < to; count++) {
    if (count === MOST_PARTITIONS) {
      values.subarray(from, to + 1).sort();
      break;
    }
    const pivot = middleOf(values[from], values[(from + to) >>> 1], values[to]);
    let [left, right] = [from, to];
    while (left <= right) {
      while (values[left] < pivot) left += 1;
      while (values[right] > pivot) right -= 1;
      if (left > right) break;
      const value = values[left];
      values[left++] = values[right];
      values[right--] = value;
    }
    if (place <= right) to = right;
    else if (place >= left) from = left;
    else break;
  }
  return values[place];
}

function middleOf(first: number, second: number, third: number): number {
  return Math.max(Math.min(first, second), Math.min(Math.max(first, second), third));
}
