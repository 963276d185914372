import { orderStatistic } from "./order_statistic.ts";

/** Returns a quantile of sorted values, with linear interpolation: NumPy's default. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const { below, above, rest } = placeOf(share, sorted.length);
  return between(sorted[below], sorted[above], rest);
}

/** Returns the same quantile of values in any order, and reorders them; sorting takes several times as long. */
export function quantileOf(values: Float64Array, share: number): number {
  const { below, above, rest } = placeOf(share, values.length);
  const low = orderStatistic(values, below);
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
